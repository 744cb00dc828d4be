//! The one place of the agent that reads the clock and the operating system's randomness.

use domain::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// The time, UTC.
#[expect(clippy::disallowed_methods, reason = "the agent's edge")]
pub fn now() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
}

/// A number for [`crate::rng::Rng::from_seed`].
///
/// # Errors
/// The operating system gives no randomness.
pub fn seed() -> Result<u64, getrandom::Error> {
    random_bytes().map(u64::from_ne_bytes)
}

/// A fresh installation id. It is a secret: whoever knows it can enroll in the place of this device.
///
/// # Errors
/// The operating system gives no randomness.
pub fn new_installation_id() -> Result<Uuid, getrandom::Error> {
    random_bytes().map(|bytes| uuid::Builder::from_random_bytes(bytes).into_uuid())
}

#[expect(clippy::disallowed_methods, reason = "the agent's edge")]
fn random_bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}
