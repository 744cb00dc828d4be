//! Keys and hashes, passwords, and rate limits on guessing.

pub(crate) mod full_invitations;
pub(crate) mod hashing_line;
pub mod keys;
pub(crate) mod last_uses;
pub(crate) mod limiter;
pub(crate) mod network;
pub(crate) mod password_policy;
pub(crate) mod passwords;
pub(crate) mod shared_limiter;
pub(crate) mod trail;
