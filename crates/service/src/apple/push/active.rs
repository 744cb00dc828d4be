//! The push certificate that pushes are sent with, and what Apple says about it.

use crate::{Rollcall, ServiceError, ServiceResult, live::PushHealth};
use apple::{apns::Identity, authority::key_from_pkcs8, push_certificate::PushCertificate};
use domain::{Timestamp, types::ids::PushCertificateId};
use tokio::sync::watch;

/// The purpose of the sealed keys.
pub(super) const KEY: &str = "apple push key";

/// The push certificate that is in use.
pub struct ActivePush {
    /// Which one.
    pub id: PushCertificateId,
    /// What pushes are sent on.
    pub topic: String,
    /// The certificate with its key.
    pub identity: Identity,
    /// When it expires.
    pub not_after: Timestamp,
}

impl Rollcall {
    /// The push certificate that pushes are sent with; `None` while there is none.
    pub(crate) async fn active_push_identity(&self) -> ServiceResult<Option<ActivePush>> {
        let Some(active) = self.store.find_active_push_certificate().await? else { return Ok(None) };
        let (Some(topic), Some(file), Some(not_after)) = (active.topic, active.certificate, active.not_after) else {
            return Ok(None);
        };
        let key = self.keys.unseal_bytes(KEY, &active.key.0)?;
        let key = key_from_pkcs8(&key).map_err(|error| ServiceError::internal(&error))?;
        let certificate = PushCertificate::read(file.as_bytes()).map_err(|error| ServiceError::internal(&error))?;
        let identity = certificate.identity(&key).map_err(|error| ServiceError::internal(&error))?;
        Ok(Some(ActivePush { id: active.id, topic, identity, not_after }))
    }

    /// What Apple last said about the push certificate.
    pub fn push_health(&self) -> PushHealth {
        self.push_news.now()
    }

    /// The same, whenever it changes.
    pub fn watch_push_health(&self) -> watch::Receiver<PushHealth> {
        self.push_news.watch()
    }
}
