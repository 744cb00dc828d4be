//! Writes a change inside a transaction, one file per subject. Every row that is updated names the version that the change
//! was decided on. When rows are written together is the writer's business.

mod apple;
mod contacts;
mod devices;
pub(super) mod hardware;
mod jobs;
mod journal;
mod mails;
mod people;
mod reports;
mod slots;
mod versioned;

use domain::journal::{JournalEvent, change::Change};
use sqlx::SqliteConnection;
use store::StoreResult;

/// Writes `change`; the caller rolls back when this fails.
pub(crate) async fn apply(db: &mut SqliteConnection, change: &Change) -> StoreResult<Vec<JournalEvent>> {
    // Rows come after the rows that they refer to: people, invitations, devices, slots.
    people::write(db, change).await?;
    devices::write(db, change).await?;
    hardware::write(db, change).await?;
    slots::write(db, change).await?;
    contacts::write(db, change).await?;
    reports::write(db, change).await?;
    devices::write_commands(db, change).await?;
    apple::write(db, change).await?;
    mails::write(db, change).await?;
    jobs::write(db, change).await?;
    journal::write(db, change).await
}
