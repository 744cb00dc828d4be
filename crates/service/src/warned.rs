//! What this process knows about the warning that is being sent to all accounts.

use domain::{
    Timestamp,
    types::ids::{AccountId, PushCertificateId},
};
use std::collections::HashSet;

/// The warning that is being sent, and who has it.
#[derive(Debug, Default)]
pub(crate) struct Warned {
    /// The push certificate that expires, and since when the warning has been due.
    about: Option<(PushCertificateId, Timestamp)>,
    /// Accounts that need no mail about it any more.
    pub(crate) told: HashSet<AccountId>,
}

impl Warned {
    /// Begins anew, unless it is about the same.
    pub(crate) fn begin(&mut self, about: (PushCertificateId, Timestamp)) {
        if self.about != Some(about) {
            *self = Self { about: Some(about), told: HashSet::new() };
        }
    }
}
