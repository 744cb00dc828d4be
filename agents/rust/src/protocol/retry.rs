//! When to try again: pauses that double, with jitter so that a fleet does not come back in one moment.

use crate::{protocol::problem::ClientError, rng::Rng, terminal::Log};
use std::time::Duration;

/// How often and how fast to try again.
#[derive(Clone, Copy, Debug)]
pub struct Retry {
    /// Attempts in all, the first included.
    pub attempts: u32,
    /// Pause after the first failure.
    pub base: Duration,
    /// Longest pause.
    pub cap: Duration,
}

impl Retry {
    /// Five attempts within about half a minute; polls go on for ever with pauses of up to five minutes.
    pub const USUAL: Self = Self { attempts: 5, base: Duration::from_secs(1), cap: Duration::from_mins(5) };

    /// The pause after `failures` failures in a row (counted from 1): between half and the whole of a time that doubles
    /// with every failure, up to the cap.
    pub fn pause(self, failures: u32, rng: &mut Rng) -> Duration {
        let doubled = self.base.saturating_mul(1u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX));
        let whole = millis(doubled.min(self.cap));
        Duration::from_millis(rng.between(whole / 2, whole))
    }

    /// The pause after `error`: the server's wish, where it has one, and up to a quarter more.
    pub fn pause_after(self, error: &ClientError, failures: u32, rng: &mut Rng) -> Duration {
        match error.retry_after() {
            Some(asked) => {
                let least = millis(asked.min(Duration::from_hours(1)));
                Duration::from_millis(rng.between(least, least + least / 4))
            }
            None => self.pause(failures, rng),
        }
    }
}

/// A duration in whole milliseconds.
fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Makes a call until it is answered for good or the attempts are used up. Every call of the protocol can be repeated.
///
/// # Errors
/// The last error.
pub async fn repeat<T, F>(retry: Retry, rng: &mut Rng, log: &Log, mut call: impl FnMut() -> F) -> Result<T, ClientError>
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
        let pause = retry.pause_after(&error, failures, rng);
        log.say(&format!("{error} Trying again in {} s.", pause.as_secs_f32().ceil()));
        tokio::time::sleep(pause).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_between_half_and_the_whole_of_what_doubles() {
        let mut rng = Rng::from_seed(3);
        for failures in 1..=6 {
            let whole = Duration::from_secs(1 << (failures - 1));
            let pause = Retry::USUAL.pause(failures, &mut rng);
            assert!(pause >= whole / 2 && pause <= whole, "{failures}: {pause:?}");
        }
    }

    #[test]
    fn a_pause_never_exceeds_the_cap_however_many_failures() {
        let mut rng = Rng::from_seed(3);
        for failures in [9, 31, 32, 33, u32::MAX] {
            let pause = Retry::USUAL.pause(failures, &mut rng);
            assert!(pause >= Retry::USUAL.cap / 2 && pause <= Retry::USUAL.cap, "{failures}: {pause:?}");
        }
    }

    #[test]
    fn two_agents_do_not_come_back_in_the_same_moment() {
        let pause = |seed| Retry::USUAL.pause(8, &mut Rng::from_seed(seed));
        assert_ne!(pause(1), pause(2));
    }
}
