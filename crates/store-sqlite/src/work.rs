//! The queries of the background workers: due mails, silent devices, expired invitations and commands, reminders.

use crate::{
    SqliteStore,
    damaged::{needed, readable, unless_damaged},
    fault::fault,
    jobs,
    rows::{self, get},
    settings,
};
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
use futures::TryStreamExt as _;
use sqlx::{AssertSqlSafe, sqlite::SqliteRow};
use store::{SilentBefore, StoreResult, StuckSlot, Watch, WorkStore};
use uuid::Uuid;

/// The setting that holds the reminder rules.
const REMINDERS: &str = "reminders";
/// The setting that holds when the server was there to hear devices.
const HEARING: &str = "hearing";

/// The condition that a command is in no final state.
const IS_OPEN: &str = "state in ('requested', 'delivered', 'acknowledged')";

impl SqliteStore {
    /// The commands of a device that meet `condition`, which takes no parameters; an order and a limit may follow it.
    async fn commands_where(&self, device: DeviceId, condition: &str) -> StoreResult<Vec<Command>> {
        let sql = format!("select id, doc, version from commands where device_id = ? and {condition}");
        let found = sqlx::query(AssertSqlSafe(sql)).bind(device.0).fetch_all(&self.readers).await.map_err(fault)?;
        readable("commands", &found, rows::command)
    }
}

fn stuck_slot(row: &SqliteRow) -> StoreResult<StuckSlot> {
    let (person_id, slot_id) = (PersonId(get(row, "person_id")?), SlotId(get(row, "id")?));
    Ok(StuckSlot { person_id, slot_id, since: rows::time(row, "cause_from")? })
}

#[async_trait]
impl WorkStore for SqliteStore {
    async fn due_mails(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<Mail>> {
        let mut rows = sqlx::query(
            "select * from mails where state = 'queued' and next_attempt_at <= ? order by next_attempt_at, id",
        )
        .bind(now.as_millis())
        .fetch(&self.readers);
        // Damaged ones do not count: they would stand before the others for ever.
        let mut due = Vec::new();
        while due.len() < limit as usize
            && let Some(row) = rows.try_next().await.map_err(fault)?
        {
            due.extend(unless_damaged("mails", &row, rows::mail)?);
        }
        Ok(due)
    }

    async fn waiting_mails(&self, invitation: InvitationId) -> StoreResult<Vec<Mail>> {
        let found = sqlx::query("select * from mails where invitation_id = ? and state = 'queued'")
            .bind(invitation.0)
            .fetch_all(&self.readers)
            .await
            .map_err(fault)?;
        readable("mails", &found, rows::mail)
    }

    async fn interrupted_mails(&self) -> StoreResult<Vec<Mail>> {
        let found =
            sqlx::query("select * from mails where state = 'sending'").fetch_all(&self.readers).await.map_err(fault)?;
        readable("mails", &found, rows::mail)
    }

    async fn count_queued_mails(&self) -> StoreResult<u64> {
        // Read from an index that has queued mails only.
        let count: i64 = sqlx::query_scalar("select count(*) from mails where state = 'queued'")
            .fetch_one(&self.readers)
            .await
            .map_err(fault)?;
        Ok(count.unsigned_abs())
    }

    async fn next_mail_at(&self) -> StoreResult<Option<Timestamp>> {
        let mut rows =
            sqlx::query("select * from mails where state = 'queued' order by next_attempt_at, id").fetch(&self.readers);
        while let Some(row) = rows.try_next().await.map_err(fault)? {
            if let Some(mail) = unless_damaged("mails", &row, rows::mail)? {
                return Ok(Some(mail.next_attempt_at));
            }
        }
        Ok(None)
    }

    async fn silent_devices(&self, before: SilentBefore, limit: u32) -> StoreResult<Vec<DeviceId>> {
        let mut silent = Vec::new();
        for watch in Watch::ALL {
            let found: Vec<Uuid> = sqlx::query_scalar(
                "select slots.device_id from contacts indexed by contacts_watched \
                 cross join slots on slots.key = contacts.slot_key \
                 where contacts.watch is not null and contacts.watch = ? and contacts.at < ? \
                 and slots.device_id is not null order by contacts.at limit ?",
            )
            .bind(watch.number())
            .bind(watch.silent_before(before).as_millis())
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(fault)?;
            silent.extend(found.into_iter().map(DeviceId));
        }
        silent.truncate(limit as usize);
        Ok(silent)
    }

    async fn expired_invitations(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<(PersonId, InvitationId)>> {
        let found =
            sqlx::query("select person_id, id from invitations where is_active = 1 and expires_at <= ? limit ?")
                .bind(now.as_millis())
                .bind(limit)
                .fetch_all(&self.readers)
                .await
                .map_err(fault)?;
        found.iter().map(|row| Ok((PersonId(get(row, "person_id")?), InvitationId(get(row, "id")?)))).collect()
    }

    async fn expired_commands(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<Command>> {
        let sql = format!("select id, doc, version from commands where {IS_OPEN} and expires_at <= ? limit ?");
        let found = sqlx::query(AssertSqlSafe(sql))
            .bind(now.as_millis())
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(fault)?;
        readable("commands", &found, rows::command)
    }

    async fn waiting_commands(&self, device: DeviceId, now: Timestamp, limit: u32) -> StoreResult<Vec<Command>> {
        let sql = format!(
            "select id, doc, version from commands where device_id = ? and {IS_OPEN} \
             and (leased_until is null or leased_until <= ?) order by requested_at, id limit ?"
        );
        let found = sqlx::query(AssertSqlSafe(sql))
            .bind(device.0)
            .bind(now.as_millis())
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(fault)?;
        readable("commands", &found, rows::command)
    }

    async fn remindable_slots(
        &self,
        rule: ReminderRule,
        cutoff: Timestamp,
        after: Option<StuckSlot>,
        limit: u32,
    ) -> StoreResult<Vec<StuckSlot>> {
        let found = sqlx::query(
            "select person_id, id, cause_from from slots indexed by slots_by_attention \
             where cause = ?1 and cause_from <= ?2 and (cause_from, id) > (?3, ?4) \
             and reminded_times < ?5 and reminded_at <= ?2 order by cause_from, id limit ?6",
        )
        .bind(rule.cause.as_str())
        .bind(cutoff.as_millis())
        .bind(after.map_or(i64::MIN, |row| row.since.as_millis()))
        .bind(after.map_or(Uuid::nil(), |row| row.slot_id.0))
        .bind(rule.at_most)
        .bind(limit)
        .fetch_all(&self.readers)
        .await
        .map_err(fault)?;
        found.iter().map(stuck_slot).collect()
    }

    async fn find_reminders(&self) -> StoreResult<ReminderPolicy> {
        let doc = settings::find(&self.readers, REMINDERS).await?;
        let Some(doc) = doc else { return Ok(ReminderPolicy::default()) };
        rows::from_doc(&String::from_utf8_lossy(&doc)).or_else(|error| {
            // Nobody is reminded by rules that cannot be read; Settings shows that there are none.
            tracing::error!(%error, "The rules for reminders are damaged and count as none");
            Ok(ReminderPolicy::try_from(Vec::new()).unwrap_or_default())
        })
    }

    async fn save_reminders(&self, policy: &ReminderPolicy) -> StoreResult<()> {
        let doc = rows::to_doc(policy)?;
        self.writer.write(doc, |doc, db| Box::pin(settings::save(db, REMINDERS, doc.as_bytes()))).await
    }

    async fn find_hearing(&self) -> StoreResult<Hearing> {
        let doc = settings::find(&self.readers, HEARING).await?;
        let Some(doc) = doc else { return Ok(Hearing::default()) };
        rows::from_doc(&String::from_utf8_lossy(&doc)).or_else(|error| {
            tracing::error!(%error, "When the server was there cannot be read and begins anew");
            Ok(Hearing::default())
        })
    }

    async fn save_hearing(&self, hearing: &Hearing) -> StoreResult<()> {
        let doc = rows::to_doc(hearing)?;
        self.writer.write(doc, |doc, db| Box::pin(settings::save(db, HEARING, doc.as_bytes()))).await
    }

    async fn open_commands(&self, device: DeviceId) -> StoreResult<Vec<Command>> {
        self.commands_where(device, IS_OPEN).await
    }

    async fn list_commands(&self, device: DeviceId, limit: u32) -> StoreResult<Vec<Command>> {
        self.commands_where(device, &format!("true order by requested_at desc, id desc limit {limit}")).await
    }

    async fn find_invite_job(&self, id: InviteJobId) -> StoreResult<Option<JobProgress>> {
        jobs::find(&self.readers, id).await
    }

    async fn open_invite_jobs(&self) -> StoreResult<Vec<InviteJob>> {
        jobs::open(&self.readers).await
    }

    async fn line_outcome(&self, id: InviteJobId, line: u32) -> StoreResult<Option<LineOutcome>> {
        jobs::line_outcome(&self.readers, id, line).await
    }

    async fn find_command(&self, id: CommandId) -> StoreResult<Option<Command>> {
        let row = sqlx::query("select id, doc, version from commands where id = ?")
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await
            .map_err(fault)?;
        row.as_ref().map(|row| needed("commands", row, rows::command)).transpose()
    }
}
