//! Measured times.

use std::fmt;
use std::time::{Duration, Instant};

/// How long something took, each time.
#[derive(Default)]
pub struct Samples(Vec<Duration>);

impl Samples {
    /// Adds a time.
    pub fn add(&mut self, took: Duration) {
        let at = self.0.partition_point(|known| *known <= took);
        self.0.insert(at, took);
    }

    /// How many times there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that 95 of 100 did not exceed.
    pub fn p95(&self) -> Duration {
        self.quantile(95)
    }

    /// The time that half of them did not exceed.
    pub fn p50(&self) -> Duration {
        self.quantile(50)
    }

    fn quantile(&self, percent: usize) -> Duration {
        let at = (self.0.len() * percent).div_ceil(100).saturating_sub(1);
        self.0.get(at).copied().unwrap_or_default()
    }
}

impl fmt::Display for Samples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |took: Duration| took.as_secs_f64() * 1000.0;
        let (p50, p95, max) = (ms(self.quantile(50)), ms(self.p95()), ms(self.quantile(100)));
        write!(f, "{:>6} {p50:>8.2} {p95:>8.2} {max:>8.2}", self.count())
    }
}

/// The time, for measuring.
#[expect(clippy::disallowed_methods, reason = "a bench measures durations")]
pub fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_times_that_were_measured() {
        let mut samples = Samples::default();
        for ms in (1..=100).rev() {
            samples.add(Duration::from_millis(ms));
        }
        assert_eq!(samples.p95(), Duration::from_millis(95));
        assert_eq!(samples.quantile(50), Duration::from_millis(50));
        assert_eq!(samples.quantile(100), Duration::from_millis(100));
        assert_eq!(Samples::default().p95(), Duration::ZERO);
    }
}
