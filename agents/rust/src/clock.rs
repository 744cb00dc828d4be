//! The clock. Nothing else of the agent asks for the time of day.

use domain::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};

/// The time, UTC.
#[expect(clippy::disallowed_methods, reason = "the agent's one clock")]
pub fn now() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
}
