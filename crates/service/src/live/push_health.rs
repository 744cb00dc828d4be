//! What Apple last said about the push certificate.

use domain::Timestamp;
use tokio::sync::watch;

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

impl PushNews {
    /// What is known now.
    pub(crate) fn now(&self) -> PushHealth {
        self.0.borrow().clone()
    }

    /// What is known, whenever it changes.
    pub(crate) fn watch(&self) -> watch::Receiver<PushHealth> {
        self.0.subscribe()
    }

    /// Apple took a push.
    pub(crate) fn accepted(&self, at: Timestamp) {
        self.0.send_replace(PushHealth { accepted_at: Some(at), refused: None });
    }

    /// Apple refuses the certificate.
    pub(crate) fn refused(&self, at: Timestamp, text: String) {
        self.0.send_modify(|health| {
            let since = health.refused.as_ref().map_or(at, |(since, _)| *since);
            health.refused = Some((since, text));
        });
    }

    /// Another certificate is in use: what was said about the one before is of no account.
    pub(crate) fn forget(&self) {
        self.0.send_replace(PushHealth::default());
    }
}
