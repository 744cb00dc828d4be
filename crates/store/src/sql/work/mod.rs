//! The queries of the background workers: due mails, silent devices, expired invitations and commands, reminders.

mod hardware;
mod imports;
mod jobs;

use super::{
    SqlStore,
    damaged::{needed, readable, unless_damaged},
    database::{Readers, Row, Statement, get, query},
    documents::{from_doc, to_doc},
    list::limit_value,
    records, settings,
};
use crate::{SilentBefore, StoreResult, StuckSlot, Watch, WorkStore};
use async_trait::async_trait;
use domain::{
    Timestamp,
    device::command::Command,
    invitation::job::{InviteJob, JobProgress, LineOutcome},
    mail::Mail,
    slot::reminder::{ReminderPolicy, ReminderRule},
    types::{
        hearing::Hearing,
        ids::{CommandId, DeviceId, InvitationId, InviteJobId, PersonId, SlotId},
    },
};
use uuid::Uuid;

/// The setting that holds the reminder rules.
const REMINDERS: &str = "reminders";
/// The setting that holds when the server was there to hear devices.
const HEARING: &str = "hearing";

/// The condition that a command is in no final state.
const IS_OPEN: &str = "state in ('requested', 'delivered', 'acknowledged')";

/// The commands of a device that meet `condition`, which takes no parameters; an order and a limit may follow it.
async fn commands_where(readers: &dyn Readers, device: DeviceId, condition: &str) -> StoreResult<Vec<Command>> {
    let sql = format!("select id, doc, version from commands where device_id = $1 and {condition}");
    let found = query(sql).bind(device.0).fetch_all(readers).await?;
    readable("commands", &found, records::command)
}

/// The first `limit` mails of a statement that can be read: damaged ones do not count, since they would stand before the
/// others for ever. The statement takes a limit and an offset as its last two values.
async fn readable_mails(
    readers: &dyn Readers,
    limit: u32,
    statement: impl Fn() -> Statement<'static>,
) -> StoreResult<Vec<Mail>> {
    let (limit, mut mails, mut offset) = (limit as usize, Vec::new(), 0);
    loop {
        let found = statement().bind(limit_value(limit)).bind(limit_value(offset)).fetch_all(readers).await?;
        for row in &found {
            mails.extend(unless_damaged("mails", row, records::mail)?);
        }
        if mails.len() >= limit || found.len() < limit {
            mails.truncate(limit);
            return Ok(mails);
        }
        offset += found.len();
    }
}

fn stuck_slot(row: &Row) -> StoreResult<StuckSlot> {
    let (person_id, slot_id) = (PersonId(get(row, "person_id")?), SlotId(get(row, "id")?));
    Ok(StuckSlot { person_id, slot_id, since: records::time(row, "cause_from")? })
}

#[async_trait]
impl<S: SqlStore> WorkStore for S {
    async fn due_mails(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<Mail>> {
        let due = move || {
            query(
                "select * from mails where state = 'queued' and next_attempt_at <= $1 \
                 order by next_attempt_at, id limit $2 offset $3",
            )
            .bind(now)
        };
        readable_mails(self.readers(), limit, due).await
    }

    async fn waiting_mails(&self, invitation: InvitationId) -> StoreResult<Vec<Mail>> {
        let found = query("select * from mails where invitation_id = $1 and state = 'queued'")
            .bind(invitation.0)
            .fetch_all(self.readers())
            .await?;
        readable("mails", &found, records::mail)
    }

    async fn sending_mails(&self) -> StoreResult<Vec<Mail>> {
        let found = query("select * from mails where state = 'sending'").fetch_all(self.readers()).await?;
        readable("mails", &found, records::mail)
    }

    async fn count_queued_mails(&self) -> StoreResult<u64> {
        // Read from an index that has queued mails only.
        query("select count(*) from mails where state = 'queued'").fetch_count(self.readers()).await
    }

    async fn next_mail_at(&self) -> StoreResult<Option<Timestamp>> {
        let next =
            || query("select * from mails where state = 'queued' order by next_attempt_at, id limit $1 offset $2");
        Ok(readable_mails(self.readers(), 1, next).await?.first().map(|mail| mail.next_attempt_at))
    }

    async fn silent_devices(&self, before: SilentBefore, limit: u32) -> StoreResult<Vec<DeviceId>> {
        let hint = self.index_hint("contacts_watched");
        let mut silent = Vec::new();
        for watch in Watch::ALL {
            let found: Vec<Uuid> = query(format!(
                "select slots.device_id from contacts{hint} cross join slots where slots.key = contacts.slot_key \
                 and contacts.watch is not null and contacts.watch = $1 and contacts.at < $2 \
                 and slots.device_id is not null order by contacts.at limit $3",
            ))
            .bind(i64::from(watch.number()))
            .bind(watch.silent_before(before))
            .bind(limit)
            .fetch_values(self.readers())
            .await?;
            silent.extend(found.into_iter().map(DeviceId));
        }
        silent.truncate(limit as usize);
        Ok(silent)
    }

    async fn expired_invitations(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<(PersonId, InvitationId)>> {
        let found = query("select person_id, id from invitations where is_active = 1 and expires_at <= $1 limit $2")
            .bind(now.as_millis())
            .bind(limit)
            .fetch_all(self.readers())
            .await?;
        found.iter().map(|row| Ok((PersonId(get(row, "person_id")?), InvitationId(get(row, "id")?)))).collect()
    }

    async fn expired_commands(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<Command>> {
        let sql = format!("select id, doc, version from commands where {IS_OPEN} and expires_at <= $1 limit $2");
        let found = query(sql).bind(now.as_millis()).bind(limit).fetch_all(self.readers()).await?;
        readable("commands", &found, records::command)
    }

    async fn waiting_commands(&self, device: DeviceId, now: Timestamp, limit: u32) -> StoreResult<Vec<Command>> {
        let sql = format!(
            "select id, doc, version from commands where device_id = $1 and {IS_OPEN} \
             and (leased_until is null or leased_until <= $2) order by requested_at, id limit $3"
        );
        let found = query(sql).bind(device.0).bind(now.as_millis()).bind(limit).fetch_all(self.readers()).await?;
        readable("commands", &found, records::command)
    }

    async fn remindable_slots(
        &self,
        rule: ReminderRule,
        cutoff: Timestamp,
        after: Option<StuckSlot>,
        limit: u32,
    ) -> StoreResult<Vec<StuckSlot>> {
        let hint = self.index_hint("slots_by_attention");
        let found = query(format!(
            "select person_id, id, cause_from from slots{hint} \
             where cause = $1 and cause_from <= $2 and (cause_from, id) > ($3, $4) \
             and reminded_times < $5 and reminded_at <= $2 order by cause_from, id limit $6",
        ))
        .bind(rule.cause.as_str())
        .bind(cutoff.as_millis())
        .bind(after.map_or(i64::MIN, |row| row.since.as_millis()))
        .bind(after.map_or(Uuid::nil(), |row| row.slot_id.0))
        .bind(rule.at_most)
        .bind(limit)
        .fetch_all(self.readers())
        .await?;
        found.iter().map(stuck_slot).collect()
    }

    async fn find_reminders(&self) -> StoreResult<ReminderPolicy> {
        let doc = settings::find(self.readers(), REMINDERS).await?;
        let Some(doc) = doc else { return Ok(ReminderPolicy::default()) };
        from_doc(&String::from_utf8_lossy(&doc)).or_else(|error| {
            // Nobody is reminded by rules that cannot be read; Settings shows that there are none.
            tracing::error!(%error, "The rules for reminders are damaged and count as none");
            Ok(ReminderPolicy::try_from(Vec::new()).unwrap_or_default())
        })
    }

    async fn save_reminders(&self, policy: &ReminderPolicy) -> StoreResult<()> {
        let doc = to_doc(policy)?;
        self.writer().write(doc, |doc, db| Box::pin(settings::save(db, REMINDERS, doc.as_bytes()))).await
    }

    async fn find_hearing(&self) -> StoreResult<Hearing> {
        let doc = settings::find(self.readers(), HEARING).await?;
        let Some(doc) = doc else { return Ok(Hearing::default()) };
        from_doc(&String::from_utf8_lossy(&doc)).or_else(|error| {
            tracing::error!(%error, "When the server was there cannot be read and begins anew");
            Ok(Hearing::default())
        })
    }

    async fn save_hearing(&self, hearing: &Hearing) -> StoreResult<()> {
        let doc = to_doc(hearing)?;
        self.writer().write(doc, |doc, db| Box::pin(settings::save(db, HEARING, doc.as_bytes()))).await
    }

    async fn open_commands(&self, device: DeviceId) -> StoreResult<Vec<Command>> {
        commands_where(self.readers(), device, IS_OPEN).await
    }

    async fn list_commands(&self, device: DeviceId, limit: u32) -> StoreResult<Vec<Command>> {
        commands_where(self.readers(), device, &format!("true order by requested_at desc, id desc limit {limit}")).await
    }

    async fn find_invite_job(&self, id: InviteJobId) -> StoreResult<Option<JobProgress>> {
        jobs::find(self.readers(), id).await
    }

    async fn open_invite_jobs(&self) -> StoreResult<Vec<InviteJob>> {
        jobs::open(self.readers()).await
    }

    async fn line_outcome(&self, id: InviteJobId, line: u32) -> StoreResult<Option<LineOutcome>> {
        jobs::line_outcome(self.readers(), id, line).await
    }

    async fn find_command(&self, id: CommandId) -> StoreResult<Option<Command>> {
        let row = query("select id, doc, version from commands where id = $1")
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        row.as_ref().map(|row| needed("commands", row, records::command)).transpose()
    }
}
