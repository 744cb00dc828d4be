//! Writes changes inside a transaction, one file per subject: each table once for all of them. Every row that is updated names
//! the version that its change was decided on. Which changes are written together is the writer's business, and so are the
//! journal entries.

mod apple;
mod commands;
mod contacts;
mod devices;
pub mod hardware;
mod jobs;
mod mails;
mod people;
mod reports;
mod rows;
mod secrets;
mod slots;
mod versioned;

pub(super) use rows::rounds;
pub use versioned::version_column;

use crate::{StoreResult, sql::database::Connection};
use domain::journal::change::Change;

/// Writes changes except for their journal entries; the caller rolls back when this fails, also when it is about one of them.
pub(super) async fn apply(db: &mut dyn Connection, changes: &[&Change]) -> StoreResult<()> {
    // Rows come after the rows that they refer to: people, invitations, devices, slots.
    people::write(db, changes).await?;
    devices::write(db, changes).await?;
    secrets::write(db, changes).await?;
    devices::expect_unchanged(db, changes).await?;
    hardware::write(db, changes).await?;
    slots::write(db, changes).await?;
    contacts::write(db, changes).await?;
    reports::write(db, changes).await?;
    commands::write(db, changes).await?;
    // Rarer than the others.
    for change in changes {
        apple::write(db, change).await?;
        mails::write(db, change).await?;
        jobs::write(db, change).await?;
    }
    Ok(())
}
