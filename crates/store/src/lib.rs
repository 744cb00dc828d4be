//! Storage: the traits that an engine implements, the records that it stores in addition to the domain's types, and a
//! contract suite that every engine must pass (feature `contract`). No engine; what engines have in common that are SQL
//! databases is behind the feature `sql`.

mod accounts;
mod aggregates;
mod apple;
mod attempts;
#[cfg(feature = "contract")]
pub mod contract;
mod engine;
mod error;
mod hardware;
mod records;
mod retention;
mod servers;
#[cfg(feature = "sql")]
pub mod sql;
mod telemetry;
mod trust;
mod views;
mod watch;
mod work;

pub use accounts::AccountStore;
pub use aggregates::AggregateStore;
pub use apple::{AppleEnrollmentStore, AppleIdentityStore, Issue, NewIdentity, PushCertificateStore, StoredAuthority};
pub use attempts::{AttemptBucket, AttemptId, AttemptPlaces, AttemptStore, BucketId, JUDGED_WITHIN_S, NoPlace, Taking};
pub use engine::{EngineState, WriterStats};
pub use error::{Outage, StoreError, StoreResult};
pub use hardware::HardwareStore;
pub use records::{
    Account, AccountAddress, ApiToken, DeviceSecrets, KeyEvidence, LastUses, PasswordScheme, ResetLink, Session,
    StoredPassword, StuckSlot,
};
pub use retention::{PrunedPositions, RetentionStore};
pub use servers::{GONE_AFTER_S, LEAD_S, NEWS_MAX, ServerCard, ServerNews, ServerStore, Standing};
pub use telemetry::{CallingDevice, TelemetryPut, TelemetryStore};
pub use trust::TrustStore;
pub use views::ViewStore;
pub use watch::Watch;
pub use work::{Confirmation, ImportStore, SilentBefore, StoredImport, WorkStore};

use async_trait::async_trait;
use domain::journal::JournalEvent;
use tokio::sync::broadcast;

/// Everything that Rollcall stores.
#[async_trait]
pub trait Store:
    AggregateStore
    + ViewStore
    + WorkStore
    + RetentionStore
    + HardwareStore
    + ImportStore
    + AccountStore
    + TrustStore
    + TelemetryStore
    + AppleEnrollmentStore
    + AppleIdentityStore
    + PushCertificateStore
    + ServerStore
    + AttemptStore
    + Send
    + Sync
{
    /// Subscribes to journal entries: all that are committed from now on, in order.
    fn subscribe(&self) -> broadcast::Receiver<JournalEvent>;
    /// Whether the database can be written and read: answers at once when something was written a moment ago, else writes
    /// a row to find out.
    ///
    /// # Errors
    /// [`StoreError::Unusable`] says why it cannot.
    async fn ready(&self) -> StoreResult<()>;
    /// What can be seen of the engine at work. Looks at files.
    fn engine_state(&self) -> EngineState;
    /// Finishes pending writes and closes the database.
    async fn close(&self);
}
