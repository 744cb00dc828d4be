//! Push certificates of Apple, and the keys that they belong to.

use crate::StoreResult;
use async_trait::async_trait;
use domain::{apple::PushCertificate, types::ids::PushCertificateId};

/// Push certificates, and keys that were made for one.
#[async_trait]
pub trait PushCertificateStore {
    /// All of them, newest first.
    async fn list_push_certificates(&self) -> StoreResult<Vec<PushCertificate>>;
    /// One of them.
    async fn find_push_certificate(&self, id: PushCertificateId) -> StoreResult<Option<PushCertificate>>;
    /// The one that pushes are sent with.
    async fn find_active_push_certificate(&self) -> StoreResult<Option<PushCertificate>>;
    /// Writes one. When it is active, the one that was active is replaced. [`crate::StoreError::Conflict`] when the row has
    /// changed since it was read.
    async fn save_push_certificate(&self, certificate: &PushCertificate) -> StoreResult<()>;
    /// How many phones are enrolled with a topic.
    async fn count_phones_of_topic(&self, topic: &str) -> StoreResult<u64>;
}
