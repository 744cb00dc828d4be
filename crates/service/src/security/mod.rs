//! Keys and hashes, passwords, and rate limits on guessing.

pub(crate) mod full_invitations;
pub mod keys;
pub(crate) mod last_uses;
pub(crate) mod limiter;
pub(crate) mod passwords;
pub(crate) mod pin_limits;
