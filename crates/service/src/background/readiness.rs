//! Whether Rollcall can do its work.

use crate::{FailingWorker, Rollcall};
use store::StoreError;

/// Why Rollcall cannot do its work at present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotReady {
    /// One word, for programs.
    pub reason: &'static str,
    /// A sentence that may be shown to everyone.
    pub text: String,
}

impl Rollcall {
    /// Whether the database can be written and read.
    ///
    /// # Errors
    /// Why it cannot; the details are in the log.
    pub async fn ready(&self) -> Result<(), NotReady> {
        self.store.ready().await.map_err(|error| {
            tracing::warn!(%error, "Not ready");
            NotReady::from(error)
        })
    }

    /// The background workers that fail and are started again and again.
    pub fn failing_workers(&self) -> Vec<FailingWorker> {
        self.worker_states.failing()
    }
}

impl From<StoreError> for NotReady {
    fn from(error: StoreError) -> Self {
        let (reason, text) = match error {
            StoreError::Unusable { outage, .. } | StoreError::Unknown { outage, .. } => {
                (outage.as_str(), outage.to_string())
            }
            StoreError::Busy => ("busy", error.to_string()),
            StoreError::Closed => ("stopping", "the server is stopping".to_owned()),
            _ => ("failed", "the database failed".to_owned()),
        };
        Self { reason, text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_is_busy_is_told_apart_from_one_that_stops() {
        let reason = |error| NotReady::from(error).reason;
        assert_eq!(reason(StoreError::Busy), "busy");
        assert_eq!(reason(StoreError::Closed), "stopping");
        assert_eq!(reason(StoreError::Conflict), "failed");
    }
}
