//! Keys, passwords, and limits on guessing them.

pub mod keys;
pub(crate) mod limiter;
pub(crate) mod passwords;
pub(crate) mod pin_limits;
