//! Counters and histograms. Counting is an atomic add: nothing is locked and nothing is allocated, so that it may stand where
//! every request passes. Whoever looks reads them; how they are shown to the outside, and under which names, is not here.

mod histogram;

pub use histogram::{Bucket, Histogram, Reading};

use std::sync::atomic::{AtomicU64, Ordering};

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Counts one more.
    pub fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// How many were counted.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_counts() {
        let counter = Counter::default();
        assert_eq!(counter.get(), 0);
        counter.count();
        counter.count();
        assert_eq!(counter.get(), 2);
    }
}
