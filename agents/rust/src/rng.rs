//! Randomness: a small generator for jitter and simulated phones, and what the operating system gives for seeds and
//! installation ids.

use uuid::Uuid;

/// A generator that is not for secrets: the same numbers for the same seed, on every machine and in every version.
///
/// `SplitMix64` (Steele, Lea and Flood 2014): one addition and a mix of the bits for every number.
#[derive(Clone, Debug)]
pub struct Rng(u64);

/// The odd number nearest to 2^64 divided by the golden ratio.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Rng {
    /// A generator that always gives the same numbers for `seed`.
    pub const fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    /// An independent generator for part `number` of the work with `seed`.
    pub fn substream(seed: u64, number: u64) -> Self {
        let mut outer = Self(seed);
        let mut inner = Self(outer.next_u64() ^ number);
        Self(inner.next_u64())
    }

    /// The next number, any of 64 bits.
    pub const fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included; `low` when `high` is below it.
    pub const fn between(&mut self, low: u64, high: u64) -> u64 {
        let span = high.saturating_sub(low);
        match span.checked_add(1) {
            Some(count) => low + self.next_u64() % count,
            None => self.next_u64(),
        }
    }

    /// True once in `count` times, on average.
    pub const fn one_in(&mut self, count: u64) -> bool {
        self.between(1, count) == 1
    }

    /// One of `all`; `None` when it is empty.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let last = all.len().checked_sub(1)?;
        let index = self.between(0, u64::try_from(last).unwrap_or(u64::MAX));
        all.get(usize::try_from(index).unwrap_or(0))
    }

    /// A UUID of version 4.
    pub fn uuid(&mut self) -> Uuid {
        let bytes = [self.next_u64().to_be_bytes(), self.next_u64().to_be_bytes()].concat();
        let bytes = <[u8; 16]>::try_from(bytes).unwrap_or_default();
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

/// A seed for [`Rng::from_seed`] from the operating system.
///
/// # Errors
/// The operating system provides no randomness.
pub fn system_seed() -> Result<u64, getrandom::Error> {
    random_bytes().map(u64::from_ne_bytes)
}

/// A new installation id. It is a secret: anyone who knows it can enroll in place of this device.
///
/// # Errors
/// The operating system provides no randomness.
pub fn new_installation_id() -> Result<Uuid, getrandom::Error> {
    random_bytes().map(|bytes| uuid::Builder::from_random_bytes(bytes).into_uuid())
}

#[expect(clippy::disallowed_methods, reason = "the agent's one source of true randomness")]
fn random_bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_seed_are_those_of_the_published_generator() {
        let mut rng = Rng::from_seed(1_234_567);
        assert_eq!(rng.next_u64(), 6_457_827_717_110_365_317);
        assert_eq!(rng.next_u64(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn parts_of_one_seed_differ() {
        assert_ne!(Rng::substream(1, 0).next_u64(), Rng::substream(1, 1).next_u64());
        assert_ne!(Rng::substream(1, 0).next_u64(), Rng::substream(2, 0).next_u64());
    }

    #[test]
    fn numbers_stay_between_their_bounds_and_reach_both() {
        let mut rng = Rng::from_seed(7);
        let drawn: Vec<u64> = (0..200).map(|_| rng.between(3, 5)).collect();
        assert_eq!(drawn.iter().min(), Some(&3));
        assert_eq!(drawn.iter().max(), Some(&5));
        assert_eq!(rng.between(9, 1), 9);
    }

    #[test]
    fn nothing_is_picked_from_nothing() {
        assert_eq!(Rng::from_seed(1).pick::<u8>(&[]), None);
    }
}
