//! Storage: the traits that an engine implements, what it stores beside the domain's types, and one contract suite that
//! every engine has to pass (feature `contract`). No engine, no SQL.

mod accounts;
mod aggregates;
#[cfg(feature = "contract")]
pub mod contract;
mod error;
mod records;
mod views;
mod work;

pub use accounts::AccountStore;
pub use aggregates::AggregateStore;
pub use error::{StoreError, StoreResult};
pub use records::{Account, ApiToken, DeviceSecrets, Session, StuckSlot};
pub use views::ViewStore;
pub use work::WorkStore;

use async_trait::async_trait;
use domain::journal::JournalEvent;
use tokio::sync::broadcast;

/// Everything that Rollcall stores.
#[async_trait]
pub trait Store: AggregateStore + ViewStore + WorkStore + AccountStore + Send + Sync {
    /// Journal entries as they are committed, in their order, from now on.
    fn subscribe(&self) -> broadcast::Receiver<JournalEvent>;
    /// Whether the database answers.
    async fn ping(&self) -> StoreResult<()>;
    /// Finishes what was begun and closes the database.
    async fn close(&self);
}
