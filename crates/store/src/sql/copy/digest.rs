//! A fingerprint of all rows of a table, the same on every engine.

use crate::sql::database::Value;
use std::fmt::{self, Write as _};

/// How many rows a table has, and a hash over all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The rows.
    pub rows: u64,
    /// The sum of their hashes.
    hash: [u64; 4],
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&hex(self.hash.into_iter().flat_map(u64::to_be_bytes)))
    }
}

/// Rows that are added to a fingerprint. Their order does not matter: each row has a key and is there once.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    rows: u64,
    hash: [u64; 4],
}

impl Digest {
    /// Adds a row. Each value is written with its type and its length, so that no two rows are written alike.
    pub fn add(&mut self, row: &[Value<'_>]) {
        let mut hasher = blake3::Hasher::new();
        for value in row {
            match value {
                Value::Int(Some(value)) => part(&mut hasher, 1, &value.to_le_bytes()),
                Value::Text(Some(value)) => part(&mut hasher, 2, value.as_bytes()),
                Value::Bytes(Some(value)) => part(&mut hasher, 3, value),
                Value::Uuid(Some(value)) => part(&mut hasher, 4, value.as_bytes()),
                Value::Int(None) | Value::Text(None) | Value::Bytes(None) | Value::Uuid(None) => {
                    part(&mut hasher, 0, &[]);
                }
            }
        }
        let hash = hasher.finalize();
        for (sum, lane) in self.hash.iter_mut().zip(hash.as_bytes().chunks_exact(8)) {
            let lane = lane.try_into().map_or(0, u64::from_le_bytes);
            *sum = sum.wrapping_add(lane);
        }
        self.rows += 1;
    }

    /// The rows so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The fingerprint of all of them.
    pub fn finish(self) -> Fingerprint {
        Fingerprint { rows: self.rows, hash: self.hash }
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: impl IntoIterator<Item = u8>) -> String {
    let mut digits = String::new();
    for byte in bytes {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

fn part(hasher: &mut blake3::Hasher, kind: u8, bytes: &[u8]) {
    hasher.update(&[kind]);
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[Value<'_>]]) -> Fingerprint {
        let mut digest = Digest::default();
        for row in rows {
            digest.add(row);
        }
        digest.finish()
    }

    #[test]
    fn another_value_gives_another_fingerprint_and_another_order_does_not() {
        let text = |text: &'static str| Value::Text(Some(text.into()));
        let (a, b) = ([text("a"), text("bc")], [text("ab"), text("c")]);
        assert_ne!(of(&[&a]), of(&[&b]));
        assert_eq!(of(&[&a, &b]), of(&[&b, &a]));
        assert_ne!(of(&[&a]), of(&[&a, &b]));
        assert_ne!(of(&[&[Value::Text(None)]]), of(&[&[text("")]]));
        assert_ne!(of(&[&[Value::Int(Some(0))]]), of(&[&[Value::Int(Some(256))]]));
        assert_ne!(of(&[&[Value::Bytes(Some(b"a".into()))]]), of(&[&[text("a")]]));
        assert_eq!(of(&[&a]).to_string().len(), 64);
    }
}
