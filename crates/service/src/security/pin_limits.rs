//! Limits on guessing PINs and enrollment tokens.

use super::limiter::{Limit, Limiter};
use domain::types::ids::InvitationId;
use std::net::IpAddr;

/// Wrong PINs for one email, or for one invitation. Five guesses in 15 minutes are right with a chance of 1 in 20
/// million.
pub(crate) const PER_EMAIL: Limit = Limit { failures: 5, window_s: 900 };
/// Wrong PINs and tokens from one address. Higher, since many people may share an address.
pub(crate) const PER_ADDRESS: Limit = Limit { failures: 30, window_s: 900 };

/// Wrong attempts by email, by invitation and by address.
pub(crate) struct PinLimits {
    pub(crate) emails: Limiter<String>,
    pub(crate) invitations: Limiter<InvitationId>,
    pub(crate) addresses: Limiter<IpAddr>,
}

impl PinLimits {
    pub(crate) fn new() -> Self {
        Self { emails: Limiter::new(), invitations: Limiter::new(), addresses: Limiter::new() }
    }
}
