//! The push certificate that pushes are sent with, and what Apple says about it.

use crate::{Rollcall, ServiceError, ServiceResult};
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

/// What Apple last said about the push certificate, since the start of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PushHealth {
    /// When it last took a push.
    pub accepted_at: Option<Timestamp>,
    /// That it refuses the certificate, in its words, and since when.
    pub refused: Option<(Timestamp, String)>,
}

/// The same, shared.
#[derive(Debug, Default)]
pub(crate) struct PushNews(watch::Sender<PushHealth>);

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
        self.push_news.0.borrow().clone()
    }

    /// The same, whenever it changes.
    pub fn watch_push_health(&self) -> watch::Receiver<PushHealth> {
        self.push_news.0.subscribe()
    }

    pub(super) fn note_push_accepted(&self, at: Timestamp) {
        self.push_news.0.send_replace(PushHealth { accepted_at: Some(at), refused: None });
    }

    pub(super) fn note_push_refused(&self, text: String) {
        let now = self.environment.now();
        self.push_news.0.send_modify(|health| {
            let since = health.refused.as_ref().map_or(now, |(since, _)| *since);
            health.refused = Some((since, text));
        });
    }

    /// Another certificate is in use: what was said about the one before is of no account.
    pub(super) fn forget_push_news(&self) {
        self.push_news.0.send_replace(PushHealth::default());
    }
}
