//! Journal entries.

use crate::{fault::fault, rows::to_doc};
use domain::journal::{JournalEvent, NewEvent, change::Change};
use sqlx::SqliteConnection;
use store::StoreResult;

/// Appends journal entries, and returns them with their sequence numbers.
pub(super) async fn write(db: &mut SqliteConnection, change: &Change) -> StoreResult<Vec<JournalEvent>> {
    let mut events = Vec::with_capacity(change.events.len());
    for event in &change.events {
        events.push(write_event(db, event).await?);
    }
    Ok(events)
}

async fn write_event(db: &mut SqliteConnection, event: &NewEvent) -> StoreResult<JournalEvent> {
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
