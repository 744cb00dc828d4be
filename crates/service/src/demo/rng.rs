//! A deterministic random number generator.

use domain::types::ids::IdGenerator;
use uuid::Uuid;

/// Generates numbers, and ids that sort by time. The same seed generates the same sequence.
pub(super) struct SeededRng {
    seed: [u8; 32],
    count: u64,
    /// The time in generated ids, in milliseconds since the Unix epoch.
    pub(super) at_ms: u64,
}

impl SeededRng {
    /// The generator of one person.
    pub(super) fn new(seed: u64, person: u64) -> Self {
        let mut text = [0; 16];
        text[..8].copy_from_slice(&seed.to_le_bytes());
        text[8..].copy_from_slice(&person.to_le_bytes());
        Self { seed: *blake3::hash(&text).as_bytes(), count: 0, at_ms: 0 }
    }

    /// 32 bytes.
    pub(super) fn bytes(&mut self) -> [u8; 32] {
        self.count += 1;
        *blake3::keyed_hash(&self.seed, &self.count.to_le_bytes()).as_bytes()
    }

    /// A number below `end`, which is not zero.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        let mut number = [0; 8];
        number.copy_from_slice(&self.bytes()[..8]);
        // The modulo bias is negligible for sample data.
        u64::from_le_bytes(number) % end
    }

    /// A number of seconds in a range.
    pub(super) fn seconds(&mut self, from: i64, to: i64) -> i64 {
        let span = (to - from).max(1).unsigned_abs();
        from + i64::try_from(self.below(span)).unwrap_or_default()
    }

    /// True with a probability of `percent`.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of `values`, which must not be empty.
    pub(super) fn of<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        let at = usize::try_from(self.below(values.len() as u64)).unwrap_or_default();
        &values[at]
    }
}

impl IdGenerator for SeededRng {
    fn new_uuid(&mut self) -> Uuid {
        let mut random = [0; 10];
        random.copy_from_slice(&self.bytes()[..10]);
        uuid::Builder::from_unix_timestamp_millis(self.at_ms, &random).into_uuid()
    }
}
