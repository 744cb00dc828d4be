//! When to retry: delays that double, with jitter so that a fleet does not come back at the same moment.

use crate::{protocol::error::ClientError, rng::Rng, terminal::Log};
use std::time::Duration;

/// How often and how soon to retry.
#[derive(Clone, Copy, Debug)]
pub struct Retry {
    /// Attempts in all, the first included.
    pub attempts: u32,
    /// Delay after the first failure.
    pub base: Duration,
    /// Longest delay.
    pub cap: Duration,
}

impl Retry {
    /// Five attempts within about half a minute; polls go on forever with delays of up to five minutes.
    pub const DEFAULT: Self = Self { attempts: 5, base: Duration::from_secs(1), cap: Duration::from_mins(5) };

    /// The delay after `failures` failures in a row (counted from 1): between half and the whole of a time that doubles
    /// with every failure, up to the cap.
    pub fn delay(self, failures: u32, rng: &mut Rng) -> Duration {
        let doubled = self.base.saturating_mul(1u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX));
        let whole = millis(doubled.min(self.cap));
        Duration::from_millis(rng.between(whole / 2, whole))
    }

    /// The delay after `error`: what the server asks for, if it does, plus up to a quarter.
    pub fn delay_after(self, error: &ClientError, failures: u32, rng: &mut Rng) -> Duration {
        match error.retry_after() {
            Some(asked) => {
                let least = millis(asked.min(Duration::from_hours(1)));
                Duration::from_millis(rng.between(least, least + least / 4))
            }
            None => self.delay(failures, rng),
        }
    }
}

/// A duration in whole milliseconds.
fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Makes a call until its answer is final or the attempts are used up. Every call of the protocol can be repeated safely.
///
/// # Errors
/// The last error.
pub async fn with_retries<T, F>(
    retry: Retry,
    rng: &mut Rng,
    log: &Log,
    mut call: impl FnMut() -> F,
) -> Result<T, ClientError>
where
    F: Future<Output = Result<T, ClientError>>,
{
    let mut failures = 0;
    loop {
        let error = match call().await {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        failures += 1;
        if failures >= retry.attempts || !error.is_transient() {
            return Err(error);
        }
        let delay = retry.delay_after(&error, failures, rng);
        log.print(&format!("{error} Retrying in {} s.", delay.as_secs_f32().ceil()));
        tokio::time::sleep(delay).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_between_half_and_the_whole_of_a_time_that_doubles() {
        let mut rng = Rng::from_seed(3);
        for failures in 1..=6 {
            let whole = Duration::from_secs(1 << (failures - 1));
            let delay = Retry::DEFAULT.delay(failures, &mut rng);
            assert!(delay >= whole / 2 && delay <= whole, "{failures}: {delay:?}");
        }
    }

    #[test]
    fn a_delay_never_exceeds_the_cap_however_many_failures() {
        let mut rng = Rng::from_seed(3);
        for failures in [9, 31, 32, 33, u32::MAX] {
            let delay = Retry::DEFAULT.delay(failures, &mut rng);
            assert!(delay >= Retry::DEFAULT.cap / 2 && delay <= Retry::DEFAULT.cap, "{failures}: {delay:?}");
        }
    }

    #[test]
    fn two_agents_do_not_come_back_at_the_same_moment() {
        let delay = |seed| Retry::DEFAULT.delay(8, &mut Rng::from_seed(seed));
        assert_ne!(delay(1), delay(2));
    }
}
