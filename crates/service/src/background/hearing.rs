//! Notes when the server is there to hear devices, so that its own downtime is not taken for their silence.

use crate::{Rollcall, ServiceResult};
use domain::types::hearing::Hearing;

/// Seconds between two times at which it is stored.
const STORED_EVERY_S: i64 = 60;

impl Rollcall {
    /// Notes that the server is there, and finds out whether it was away. A worker calls it every half minute.
    ///
    /// # Errors
    /// The store failed. Then the server heard nobody, either: it cannot record a contact.
    pub async fn note_hearing(&self) -> ServiceResult<()> {
        let now = self.environment.now();
        let mut heard = self.heard.lock().await;
        let mut hearing = match &heard.hearing {
            Some(hearing) => hearing.clone(),
            None => self.store.find_hearing().await?,
        };
        let has_news = hearing.note(now);
        let is_due = heard.stored_at.is_none_or(|at| now.seconds_since(at) >= STORED_EVERY_S);
        if has_news || is_due {
            self.store.save_hearing(&hearing).await?;
            heard.stored_at = Some(now);
        }
        heard.hearing = Some(hearing);
        Ok(())
    }

    /// When the server was there to hear devices.
    pub(crate) async fn hearing(&self) -> Hearing {
        self.heard.lock().await.hearing.clone().unwrap_or_default()
    }
}
