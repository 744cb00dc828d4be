//! Where time and randomness come in: the only place that reads the clock and the operating system's random numbers.

use domain::{Timestamp, invitation::credentials::TOKEN_BYTES, types::ids::NewIds};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use std::time::Duration;
use uuid::Uuid;

/// Gives the time.
pub trait Clock: Send + Sync {
    /// The current time.
    fn now(&self) -> Timestamp;
}

/// The computer's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the edge that everything else takes the time from")]
    fn now(&self) -> Timestamp {
        let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Timestamp::from_millis(since_epoch.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX)))
    }
}

/// A clock that only moves when it is told to, for tests.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that stands at `start`.
    pub fn new(start: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(start.as_millis())))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Gives random bytes.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with random bytes that nobody can foretell.
    ///
    /// # Errors
    /// The operating system has none to give.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy>;
}

/// The operating system gave no random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct NoEntropy;

/// The operating system's random numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the edge that everything else takes randomness from")]
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        getrandom::fill(bytes).map_err(|_| NoEntropy)
    }
}

/// The clock and the randomness of a running Rollcall.
#[derive(Clone)]
pub struct Edge {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl Edge {
    /// The real ones.
    pub fn system() -> Self {
        Self { clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) }
    }

    /// The real randomness with another clock.
    pub fn with_clock(clock: impl Clock + 'static) -> Self {
        Self { clock: Arc::new(clock), entropy: Arc::new(SystemEntropy) }
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
    /// The operating system has none to give.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], NoEntropy> {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// Random bytes for an enrollment token.
    ///
    /// # Errors
    /// The operating system has none to give.
    pub fn token_bytes(&self) -> Result<[u8; TOKEN_BYTES], NoEntropy> {
        self.bytes()
    }

    /// Fresh ids for one decision: UUIDs of version 7 (RFC 9562), so that rows made later sort later.
    ///
    /// # Errors
    /// The operating system has no randomness to give.
    pub fn ids(&self) -> Result<FreshIds, NoEntropy> {
        Ok(FreshIds { at_ms: self.now().as_millis().unsigned_abs(), seed: self.bytes()?, count: 0 })
    }

    /// One fresh id.
    ///
    /// # Errors
    /// The operating system has no randomness to give.
    pub fn id(&self) -> Result<Uuid, NoEntropy> {
        Ok(self.ids()?.new_uuid())
    }
}

/// Ids of one decision: drawn once, so that a decision itself cannot fail for want of randomness.
pub struct FreshIds {
    at_ms: u64,
    seed: [u8; 32],
    count: u64,
}

impl NewIds for FreshIds {
    fn new_uuid(&mut self) -> Uuid {
        self.count += 1;
        let hash = blake3::keyed_hash(&self.seed, &self.count.to_le_bytes());
        let mut random = [0; 10];
        random.copy_from_slice(&hash.as_bytes()[..10]);
        uuid::Builder::from_unix_timestamp_millis(self.at_ms, &random).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_ids_differ_and_sort_by_time() {
        let clock = ManualClock::new(Timestamp::from_millis(1_000));
        let edge = Edge::with_clock(clock.clone());
        let mut ids = edge.ids().unwrap();
        let (a, b) = (ids.new_uuid(), ids.new_uuid());
        clock.advance(Duration::from_millis(1));
        let later = edge.id().unwrap();
        assert!(a != b && later > a && later > b);
        assert_eq!(a.get_version_num(), 7);
    }
}
