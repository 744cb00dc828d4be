//! Time and randomness: the only place that reads the system clock and the operating system's random numbers.

mod clock;
mod ids;
mod rng;

pub use clock::{Clock, ManualClock, SystemClock};
pub use ids::FreshIds;
pub use rng::{NoEntropy, Rng, SystemRng};

use domain::{Timestamp, invitation::credentials::TOKEN_BYTES, types::ids::IdGenerator as _};
use std::sync::Arc;
use uuid::Uuid;

/// The clock and the random number generator of a running Rollcall.
#[derive(Clone)]
pub struct Environment {
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
}

impl Environment {
    /// The system's clock and random numbers.
    pub fn system() -> Self {
        Self { clock: Arc::new(SystemClock), rng: Arc::new(SystemRng) }
    }

    /// The system's random numbers with another clock.
    pub fn with_clock(clock: impl Clock + 'static) -> Self {
        Self { clock: Arc::new(clock), rng: Arc::new(SystemRng) }
    }

    /// The current time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The clock.
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// `N` random bytes.
    ///
    /// # Errors
    /// The operating system returned no random bytes.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], NoEntropy> {
        let mut bytes = [0; N];
        self.rng.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// Random bytes for an enrollment token.
    ///
    /// # Errors
    /// The operating system returned no random bytes.
    pub fn token_bytes(&self) -> Result<[u8; TOKEN_BYTES], NoEntropy> {
        self.bytes()
    }

    /// Fresh ids for one decision: UUIDs of version 7 (RFC 9562), so that rows made later sort later.
    ///
    /// # Errors
    /// The operating system returned no random bytes.
    pub fn ids(&self) -> Result<FreshIds, NoEntropy> {
        Ok(FreshIds::new(self.now(), self.bytes()?))
    }

    /// One fresh id.
    ///
    /// # Errors
    /// The operating system returned no random bytes.
    pub fn id(&self) -> Result<Uuid, NoEntropy> {
        Ok(self.ids()?.new_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn fresh_ids_differ_and_sort_by_time() {
        let clock = ManualClock::new(Timestamp::from_millis(1_000));
        let environment = Environment::with_clock(clock.clone());
        let mut ids = environment.ids().unwrap();
        let (a, b) = (ids.new_uuid(), ids.new_uuid());
        clock.advance(Duration::from_millis(1));
        let later = environment.id().unwrap();
        assert!(a != b && later > a && later > b);
        assert_eq!(a.get_version_num(), 7);
    }
}
