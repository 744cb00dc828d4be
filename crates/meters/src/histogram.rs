//! Histograms: how many values were how large.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Counts values by their size. Durations are values in microseconds.
#[derive(Debug)]
pub struct Histogram {
    /// The largest value of each bucket, in ascending order.
    bounds: &'static [u64],
    /// One more than there are bounds: the last one is for all that is larger.
    counts: Box<[AtomicU64]>,
    sum: AtomicU64,
}

/// What a histogram has counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The buckets, smallest values first.
    pub buckets: Vec<Bucket>,
    /// All values together.
    pub sum: u64,
}

/// The values of one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// The largest of them; `None` for all that is larger than in other buckets.
    pub up_to: Option<u64>,
    /// How many there were, without those of smaller buckets.
    pub count: u64,
}

impl Histogram {
    /// A histogram whose buckets hold values up to each of `bounds`, which ascend.
    pub fn new(bounds: &'static [u64]) -> Self {
        let counts = (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect();
        Self { bounds, counts, sum: AtomicU64::new(0) }
    }

    /// Counts a value.
    pub fn observe(&self, value: u64) {
        let place = self.bounds.partition_point(|bound| *bound < value);
        self.counts[place].fetch_add(1, Ordering::Relaxed);
        self.sum.fetch_add(value, Ordering::Relaxed);
    }

    /// Counts a duration.
    pub fn observe_duration(&self, took: Duration) {
        self.observe(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    }

    /// What was counted. The sum may be ahead of the buckets by values that are being counted.
    pub fn read(&self) -> Reading {
        let bounds = self.bounds.iter().copied().map(Some).chain([None]);
        let counts = self.counts.iter().map(|count| count.load(Ordering::Relaxed));
        let buckets = bounds.zip(counts).map(|(up_to, count)| Bucket { up_to, count }).collect();
        Reading { buckets, sum: self.sum.load(Ordering::Relaxed) }
    }
}

impl Reading {
    /// How many values were counted.
    pub fn count(&self) -> u64 {
        self.buckets.iter().map(|bucket| bucket.count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(histogram: &Histogram) -> Vec<u64> {
        histogram.read().buckets.iter().map(|bucket| bucket.count).collect()
    }

    #[test]
    fn a_value_counts_in_the_smallest_bucket_that_holds_it() {
        let histogram = Histogram::new(&[1, 10]);
        for value in [0, 1, 2, 10, 11, u64::from(u32::MAX)] {
            histogram.observe(value);
        }
        assert_eq!(counts(&histogram), [2, 2, 2]);
        let reading = histogram.read();
        assert_eq!(reading.buckets.iter().map(|bucket| bucket.up_to).collect::<Vec<_>>(), [Some(1), Some(10), None]);
        assert_eq!((reading.count(), reading.sum), (6, 24 + u64::from(u32::MAX)));
    }

    #[test]
    fn durations_are_counted_in_microseconds() {
        let histogram = Histogram::new(&[1_000]);
        histogram.observe_duration(Duration::from_millis(1));
        histogram.observe_duration(Duration::from_micros(1_001));
        assert_eq!(counts(&histogram), [1, 1]);
        assert_eq!(histogram.read().sum, 2_001);
    }
}
