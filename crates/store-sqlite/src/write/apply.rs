//! Writes a change inside a transaction. Every row that is updated names the version it was decided on.

use super::slot_columns::{self, SlotColumns};
use crate::{
    fault::fault,
    rows::{InventoryDoc, ReportDoc, to_doc},
};
use domain::{
    Timestamp,
    device::{Device, command::Command},
    invitation::Invitation,
    journal::{
        JournalEvent, NewEvent,
        change::{Change, InventoryPut, KeyedHash, ReportPut, SealedCredentials, SlotPut},
    },
    mail::{Mail, MailState},
    person::{Person, search_text},
    types::ids::DeviceId,
    views::ToldAt,
};
use sqlx::{SqliteConnection, sqlite::SqliteQueryResult};
use store::{StoreError, StoreResult};

/// Writes `change`; the caller rolls back when this fails.
pub(crate) async fn apply(db: &mut SqliteConnection, change: &Change) -> StoreResult<Vec<JournalEvent>> {
    for person in &change.people {
        put_person(db, person).await?;
    }
    for invitation in &change.invitations {
        let sealed = change.credentials.iter().find(|(id, _)| *id == invitation.id).map(|(_, sealed)| sealed);
        put_invitation(db, invitation, sealed).await?;
    }
    for device in &change.devices {
        put_device(db, device, change).await?;
    }
    for slot in &change.slots {
        put_slot(db, slot).await?;
    }
    for id in &change.closed_slots {
        let done = sqlx::query("delete from slots where id = ?").bind(id.0).execute(&mut *db).await.map_err(fault)?;
        written(&done)?;
    }
    put_reports(db, change).await?;
    for command in &change.commands {
        put_command(db, command).await?;
    }
    put_mails(db, change).await?;
    let mut events = Vec::with_capacity(change.events.len());
    for event in &change.events {
        events.push(append(db, event).await?);
    }
    Ok(events)
}

/// One row was written, or someone else was faster.
fn written(done: &SqliteQueryResult) -> StoreResult<()> {
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

fn stored(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}

fn millis(time: Option<Timestamp>) -> Option<i64> {
    time.map(Timestamp::as_millis)
}

async fn put_person(db: &mut SqliteConnection, person: &Person) -> StoreResult<()> {
    let name_key = person.name.as_str().to_lowercase();
    let search = search_text(person.name.as_str(), person.email.as_str());
    let query = if person.version == 0 {
        sqlx::query(
            "insert into people (name, name_key, email, locale, search, created_at, reminded_at, id, version) \
             values (?, ?, ?, ?, ?, ?, ?, ?, ? + 1)",
        )
    } else {
        sqlx::query(
            "update people set name = ?, name_key = ?, email = ?, locale = ?, search = ?, created_at = ?, reminded_at = ?, \
             version = version + 1 where id = ? and version = ?",
        )
    };
    let done = query
        .bind(person.name.as_str())
        .bind(name_key)
        .bind(person.email.as_str())
        .bind(person.locale.as_str())
        .bind(search)
        .bind(person.created_at.as_millis())
        .bind(person.reminded_at.map(Timestamp::as_millis))
        .bind(person.id.0)
        .bind(stored(person.version))
        .execute(db)
        .await
        .map_err(fault)?;
    written(&done)
}

async fn put_invitation(
    db: &mut SqliteConnection,
    invitation: &Invitation,
    sealed: Option<&SealedCredentials>,
) -> StoreResult<()> {
    let doc = to_doc(invitation)?;
    let query = match (invitation.version, sealed) {
        (0, Some(sealed)) => sqlx::query(
            "insert into invitations (token_hash, pin_hash, token_sealed, pin_sealed, person_id, is_active, state, \
             created_at, expires_at, doc, id, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? + 1)",
        )
        .bind(&sealed.token_hash.0[..])
        .bind(&sealed.pin_hash.0[..])
        .bind(&sealed.token[..])
        .bind(&sealed.pin[..]),
        (0, None) => return Err(StoreError::Damaged("a new invitation without credentials".to_owned())),
        _ => sqlx::query(
            "update invitations set person_id = ?, is_active = ?, state = ?, created_at = ?, expires_at = ?, doc = ?, \
             version = version + 1 where id = ? and version = ?",
        ),
    };
    let done = query
        .bind(invitation.person_id.0)
        .bind(invitation.state.is_active())
        .bind(invitation.state.as_str())
        .bind(invitation.created_at.as_millis())
        .bind(millis(invitation.expires_at))
        .bind(doc)
        .bind(invitation.id.0)
        .bind(stored(invitation.version))
        .execute(db)
        .await
        .map_err(fault)?;
    written(&done)
}

async fn put_device(db: &mut SqliteConnection, device: &Device, change: &Change) -> StoreResult<()> {
    let secret = find(&change.secrets, device.id);
    if device.version == 0 {
        insert_device(db, device, find(&change.installations, device.id), secret).await
    } else {
        update_device(db, device, secret).await
    }
}

fn find(hashes: &[(DeviceId, KeyedHash)], id: DeviceId) -> Option<KeyedHash> {
    hashes.iter().find(|(of, _)| *of == id).map(|(_, hash)| *hash)
}

async fn insert_device(
    db: &mut SqliteConnection,
    device: &Device,
    installation: Option<KeyedHash>,
    secret: Option<KeyedHash>,
) -> StoreResult<()> {
    let (Some(installation), Some(secret)) = (installation, secret) else {
        return Err(StoreError::Damaged("a new device without a secret".to_owned()));
    };
    let done = sqlx::query(
        "insert into devices (id, person_id, invitation_id, slot_id, state, last_contact_at, deleted_at, \
         installation_hash, secret_hash, doc, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
    )
    .bind(device.id.0)
    .bind(device.person_id.0)
    .bind(device.invitation_id.0)
    .bind(device.slot_id.0)
    .bind(device.state.as_str())
    .bind(device.last_contact_at.as_millis())
    .bind(millis(device.deleted_at))
    .bind(&installation.0[..])
    .bind(&secret.0[..])
    .bind(to_doc(device)?)
    .execute(db)
    .await
    .map_err(fault)?;
    written(&done)
}

async fn update_device(db: &mut SqliteConnection, device: &Device, secret: Option<KeyedHash>) -> StoreResult<()> {
    let done = sqlx::query(
        "update devices set invitation_id = ?1, slot_id = ?2, state = ?3, last_contact_at = ?4, deleted_at = ?5, doc = ?6, \
         previous_secret_hash = case when ?7 is null then previous_secret_hash else secret_hash end, \
         secret_hash = coalesce(?7, secret_hash), version = version + 1 where id = ?8 and version = ?9",
    )
    .bind(device.invitation_id.0)
    .bind(device.slot_id.0)
    .bind(device.state.as_str())
    .bind(device.last_contact_at.as_millis())
    .bind(millis(device.deleted_at))
    .bind(to_doc(device)?)
    .bind(secret.map(|hash| hash.0.to_vec()))
    .bind(device.id.0)
    .bind(stored(device.version))
    .execute(db)
    .await
    .map_err(fault)?;
    written(&done)
}

async fn put_slot(db: &mut SqliteConnection, put: &SlotPut) -> StoreResult<()> {
    let SlotPut { slot, row } = put;
    let query = if slot.version == 0 {
        sqlx::query(slot_columns::INSERT).bind(slot.person_id.0).bind(slot.created_at.as_millis())
    } else {
        sqlx::query(slot_columns::UPDATE)
    };
    let query =
        query.bind(slot.invitation_id.0).bind(slot.device_id.map(|id| id.0)).bind(to_doc(slot)?).bind(to_doc(row)?);
    let done =
        SlotColumns::of(row).bind(query).bind(slot.id.0).bind(stored(slot.version)).execute(db).await.map_err(fault)?;
    written(&done)
}

async fn put_reports(db: &mut SqliteConnection, change: &Change) -> StoreResult<()> {
    for put in &change.inventories {
        put_inventory(db, put).await?;
    }
    for (id, at) in &change.confirmed_inventories {
        let confirm = sqlx::query("update inventories set at = ? where device_id = ?");
        confirm.bind(at.as_millis()).bind(id.0).execute(&mut *db).await.map_err(fault)?;
    }
    for put in &change.reports {
        put_report(db, put).await?;
    }
    Ok(())
}

async fn put_inventory(db: &mut SqliteConnection, put: &InventoryPut) -> StoreResult<()> {
    sqlx::query(
        "insert into inventories (device_id, at, etag, doc) values (?, ?, ?, ?) \
         on conflict (device_id) do update set at = excluded.at, etag = excluded.etag, doc = excluded.doc",
    )
    .bind(put.device_id.0)
    .bind(put.at.as_millis())
    .bind(&put.etag)
    .bind(to_doc(&InventoryDoc { inventory: put.inventory.clone(), since: put.since.clone() })?)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}

/// Merges the heartbeat into what is known: what it does not tell stays as it was (RFC 7396). The columns for position and
/// permissions are of older versions.
async fn put_report(db: &mut SqliteConnection, put: &ReportPut) -> StoreResult<()> {
    let doc = ReportDoc { report: put.report.clone(), told: Some(ToldAt::of(&put.report, put.at)) };
    sqlx::query(
        "insert into reports (device_id, at, doc) values (?, ?, ?) \
         on conflict (device_id) do update set at = excluded.at, doc = json_patch(doc, excluded.doc)",
    )
    .bind(put.device_id.0)
    .bind(put.at.as_millis())
    .bind(to_doc(&doc)?)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}

async fn put_command(db: &mut SqliteConnection, command: &Command) -> StoreResult<()> {
    let query = if command.version == 0 {
        sqlx::query(
            "insert into commands (device_id, state, requested_at, expires_at, leased_until, doc, id, version) \
             values (?, ?, ?, ?, ?, ?, ?, ? + 1)",
        )
    } else {
        sqlx::query(
            "update commands set device_id = ?, state = ?, requested_at = ?, expires_at = ?, leased_until = ?, doc = ?, \
             version = version + 1 where id = ? and version = ?",
        )
    };
    let done = query
        .bind(command.device_id.0)
        .bind(command.state.as_str())
        .bind(command.requested_at.as_millis())
        .bind(command.expires_at.as_millis())
        .bind(millis(command.leased_until))
        .bind(to_doc(command)?)
        .bind(command.id.0)
        .bind(stored(command.version))
        .execute(db)
        .await
        .map_err(fault)?;
    written(&done)
}

async fn put_mails(db: &mut SqliteConnection, change: &Change) -> StoreResult<()> {
    for id in &change.supersede_mails_of {
        sqlx::query("update mails set state = ?, version = version + 1 where invitation_id = ? and state = 'queued'")
            .bind(MailState::Superseded.as_str())
            .bind(id.0)
            .execute(&mut *db)
            .await
            .map_err(fault)?;
    }
    for mail in &change.mails {
        put_mail(db, mail).await?;
    }
    Ok(())
}

async fn put_mail(db: &mut SqliteConnection, mail: &Mail) -> StoreResult<()> {
    let query = if mail.version == 0 {
        sqlx::query(
            "insert into mails (person_id, invitation_id, device_id, kind, state, attempts, next_attempt_at, created_at, \
             id, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ? + 1)",
        )
    } else {
        sqlx::query(
            "update mails set person_id = ?, invitation_id = ?, device_id = ?, kind = ?, state = ?, attempts = ?, \
             next_attempt_at = ?, created_at = ?, version = version + 1 where id = ? and version = ?",
        )
    };
    let done = query
        .bind(mail.person_id.0)
        .bind(mail.invitation_id.0)
        .bind(mail.device_id.map(|id| id.0))
        .bind(mail.kind.as_str())
        .bind(mail.state.as_str())
        .bind(mail.attempts)
        .bind(mail.next_attempt_at.as_millis())
        .bind(mail.created_at.as_millis())
        .bind(mail.id.0)
        .bind(stored(mail.version))
        .execute(db)
        .await
        .map_err(fault)?;
    written(&done)
}

async fn append(db: &mut SqliteConnection, event: &NewEvent) -> StoreResult<JournalEvent> {
    let done = sqlx::query(
        "insert into journal (at, person_id, invitation_id, slot_id, device_id, doc) values (?, ?, ?, ?, ?, ?)",
    )
    .bind(event.at.as_millis())
    .bind(event.person_id.0)
    .bind(event.invitation_id.map(|id| id.0))
    .bind(event.slot_id.map(|id| id.0))
    .bind(event.device_id.map(|id| id.0))
    .bind(to_doc(event)?)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(JournalEvent { seq: done.last_insert_rowid(), event: event.clone() })
}
