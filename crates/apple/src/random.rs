//! Random numbers from a seed: nothing in this crate asks the operating system for them.

use chacha20::rand_core::SeedableRng as _;

/// A generator of random bytes. One seed gives one sequence, so it serves one purpose only and is then dropped.
pub type Random = chacha20::ChaCha20Rng;

/// The generator that starts at `seed`. The caller draws the seed from the operating system and uses it once.
pub fn random(seed: [u8; 32]) -> Random {
    Random::from_seed(seed)
}

/// `N` bytes that nobody can predict.
pub(crate) fn bytes<const N: usize>(random: &mut Random) -> [u8; N] {
    use chacha20::rand_core::Rng as _;
    let mut bytes = [0; N];
    random.fill_bytes(&mut bytes);
    bytes
}
