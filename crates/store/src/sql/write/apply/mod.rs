//! Writes a change inside a transaction, one file per subject. Every row that is updated names the version that the change
//! was decided on. When rows are written together is the writer's business, and so are the journal entries.

mod apple;
mod contacts;
mod devices;
pub mod hardware;
mod jobs;
mod mails;
mod people;
mod reports;
mod slots;
mod versioned;

pub use versioned::version_column;

use crate::{StoreResult, sql::database::Connection};
use domain::journal::change::Change;

/// Writes `change` except for its journal entries; the caller rolls back when this fails.
pub(super) async fn apply(db: &mut dyn Connection, change: &Change) -> StoreResult<()> {
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
    jobs::write(db, change).await
}
