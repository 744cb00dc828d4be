//! What keeps phones from being reached by pushes, or soon will.

use crate::{Rollcall, ServiceResult};
use domain::apple::{Expiry, PushCertificate};

/// What keeps phones from being reached, or soon will.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PushTrouble {
    /// There is no push certificate.
    Missing,
    /// It has expired.
    Ended,
    /// Apple refuses it.
    Refused,
    /// It expires in so many days; a day that has begun counts.
    Ends(u64),
}

impl Rollcall {
    /// What keeps phones from being reached, or soon will; `None` while all is well. The frame of the console asks.
    pub async fn push_trouble(&self) -> ServiceResult<Option<PushTrouble>> {
        Ok(self.trouble_of(self.store.find_active_push_certificate().await?.as_ref()))
    }

    pub(super) fn trouble_of(&self, active: Option<&PushCertificate>) -> Option<PushTrouble> {
        let is_refused = self.push_health().refused.is_some();
        match active.and_then(|active| active.expiry(self.environment.now())) {
            None => Some(PushTrouble::Missing),
            Some(Expiry::Ended) => Some(PushTrouble::Ended),
            Some(_) if is_refused => Some(PushTrouble::Refused),
            Some(Expiry::Soon(days)) => Some(PushTrouble::Ends(days)),
            Some(Expiry::Far) => None,
        }
    }
}
