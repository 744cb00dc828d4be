//! Hashes by which secrets are looked up.

use std::fmt;

/// A keyed hash (BLAKE3, 256 bits), so that a secret can be looked up without being stored.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyedHash(pub [u8; 32]);

impl fmt::Debug for KeyedHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyedHash(…)")
    }
}
