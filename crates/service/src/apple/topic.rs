//! What pushes are sent on.

use crate::{Rollcall, ServiceResult};

impl Rollcall {
    /// The topic of the active push certificate; `None` while there is none, and no phone can enroll.
    pub async fn apple_topic(&self) -> ServiceResult<Option<String>> {
        Ok(self.store.find_apple_topic().await?)
    }
}
