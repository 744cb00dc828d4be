//! Writes when sessions and API tokens were last used.

use super::sessions::LIFETIME_S;
use crate::{Rollcall, ServiceResult};

impl Rollcall {
    /// Writes the last uses of sessions and API tokens. A worker calls it every minute and at the end; tests call it when
    /// they need it. What cannot be written is kept.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn write_last_uses(&self) -> ServiceResult<()> {
        let uses = self.unwritten_uses.to_write(LIFETIME_S);
        if !uses.is_empty() {
            self.store.record_uses(uses.clone()).await?;
            self.unwritten_uses.forget(&uses);
        }
        Ok(())
    }
}
