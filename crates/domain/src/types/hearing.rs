//! When the server was there to hear devices. Silence counts only then: while it was off, asleep, or without its store,
//! no device could be in contact.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// The server notes that it is there more often than this, in seconds. A longer pause means that it was not, or that its
/// clock was set forward.
pub const HEARING_PAUSE_S: i64 = 90;
/// Gaps are forgotten after this time, in seconds: 200 days, more than any wait that is counted.
const KEPT_S: i64 = 200 * 24 * 3600;
/// Most gaps that are kept. When there are more, the two with the least time between them become one.
const GAPS_MAX: usize = 256;

/// A stretch of time in which the server heard nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Gap {
    from: Timestamp,
    to: Timestamp,
}

/// When the server was there: always, except in the gaps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hearing {
    /// When it last noted that it is there.
    last_at: Option<Timestamp>,
    /// In their order, without overlap.
    gaps: Vec<Gap>,
}

impl Hearing {
    /// Notes that the server is there at `now`. Returns whether a gap was found that ends now, or the clock was set back.
    pub fn note(&mut self, now: Timestamp) -> bool {
        let last = self.last_at.replace(now).unwrap_or(now);
        let was_away = now.seconds_since(last) > HEARING_PAUSE_S;
        if was_away {
            self.gaps.push(Gap { from: last, to: now });
        }
        // After the clock was set back, the time from now on comes for the first time.
        let is_set_back = now < last;
        if is_set_back {
            self.gaps.retain(|gap| gap.from < now);
            self.gaps.iter_mut().for_each(|gap| gap.to = gap.to.min(now));
        }
        self.gaps.retain(|gap| now.seconds_since(gap.to) < KEPT_S);
        if self.gaps.len() > GAPS_MAX {
            self.join_nearest_gaps();
        }
        was_away || is_set_back
    }

    /// Joins the two gaps with the least time between them. What they enclose counts as not heard, which accuses nobody.
    fn join_nearest_gaps(&mut self) {
        let between = |at: &usize| self.gaps[at + 1].from.as_millis() - self.gaps[*at].to.as_millis();
        if let Some(at) = (0..self.gaps.len().saturating_sub(1)).min_by_key(between) {
            self.gaps[at].to = self.gaps[at + 1].to;
            self.gaps.remove(at + 1);
        }
    }

    /// Seconds from `from` to `to` in which the server was there; zero when `from` is later.
    pub fn seconds_between(&self, from: Timestamp, to: Timestamp) -> i64 {
        let length = |from: Timestamp, to: Timestamp| (to.as_millis() - from.as_millis()).max(0);
        let missed = self.gaps.iter().map(|gap| length(gap.from.max(from), gap.to.min(to)));
        (length(from, to) - missed.sum::<i64>()) / 1000
    }

    /// The latest moment from which the server was there for `seconds` until `now`. Who was not heard since then, or for
    /// longer, was silent for that long.
    pub fn cutoff(&self, now: Timestamp, seconds: i64) -> Timestamp {
        let (mut end, mut left) = (now.as_millis(), seconds.saturating_mul(1000));
        for gap in self.gaps.iter().rev().filter(|gap| gap.from < now) {
            let heard = end - gap.to.as_millis().min(end);
            if heard >= left {
                break;
            }
            left -= heard;
            end = gap.from.as_millis();
        }
        Timestamp::from_millis(end.saturating_sub(left))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BEGIN: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn at(seconds: i64) -> Timestamp {
        BEGIN.plus_seconds(seconds)
    }

    /// The server notes that it is there every half minute in these stretches of seconds.
    fn heard(stretches: &[(i64, i64)]) -> Hearing {
        let mut hearing = Hearing::default();
        for (from, to) in stretches {
            for second in (*from..=*to).step_by(30) {
                hearing.note(at(second));
            }
            hearing.note(at(*to));
        }
        hearing
    }

    #[test]
    fn downtime_does_not_count_as_silence() {
        let hearing = heard(&[(0, 600), (1600, 1700)]);
        assert_eq!(hearing.seconds_between(at(0), at(1700)), 700);
        assert_eq!(hearing.seconds_between(at(700), at(1500)), 0);
        assert_eq!((hearing.cutoff(at(1700), 60), hearing.cutoff(at(1700), 400)), (at(1640), at(300)));
        let unbroken = heard(&[(0, 600), (660, 1700)]);
        assert_eq!(unbroken.seconds_between(at(0), at(1700)), 1700, "a short pause is none");
    }

    #[test]
    fn a_gap_is_a_longer_pause_than_the_server_ever_makes() {
        let mut hearing = Hearing::default();
        assert_eq!([0, 0, 90, 181, 182].map(|second| hearing.note(at(second))), [false, false, false, true, false]);
        assert_eq!(hearing.seconds_between(at(0), at(182)), 91);
    }

    #[test]
    fn the_clock_may_be_set_back_into_a_gap_to_its_beginning_or_before_it() {
        for (now, missed) in [(900, Some(300)), (600, None), (300, None)] {
            let mut hearing = heard(&[(0, 600), (1600, 1700)]);
            assert!(hearing.note(at(now)));
            let gaps: Vec<_> = hearing.gaps.iter().map(|gap| gap.to.seconds_since(gap.from)).collect();
            assert_eq!(gaps, Vec::from_iter(missed), "{now}");
        }
    }

    #[test]
    fn of_too_many_gaps_those_become_one_that_have_the_least_time_between_them() {
        // The server is there for a minute every hour, once for half a minute.
        let mut hearing = Hearing::default();
        let hour = |hearing: &mut Hearing, n: i64| {
            hearing.note(at(n * 3600));
            hearing.note(at(n * 3600 + if n == 100 { 30 } else { 60 }));
        };
        let hours = i64::try_from(GAPS_MAX).unwrap();
        (0..=hours).for_each(|n| hour(&mut hearing, n));
        let in_hour = |hearing: &Hearing, n: i64| hearing.seconds_between(at(n * 3600), at((n + 1) * 3600));
        assert_eq!((hearing.gaps.len(), in_hour(&hearing, 100)), (GAPS_MAX, 30));
        hour(&mut hearing, hours + 1);
        assert_eq!((hearing.gaps.len(), in_hour(&hearing, 100)), (GAPS_MAX, 0));
        assert!((0..=hours).filter(|n| *n != 100).all(|n| in_hour(&hearing, n) == 60));
    }

    #[test]
    fn after_the_clock_was_set_back_the_time_that_comes_again_counts() {
        // The clock was a day ahead for some minutes.
        let mut hearing = heard(&[(0, 600), (87_000, 87_300)]);
        assert!(hearing.note(at(900)));
        for second in (930..100_000).step_by(30) {
            hearing.note(at(second));
        }
        assert_eq!(hearing.seconds_between(at(900), at(99_000)), 98_100);
    }

    #[test]
    fn the_list_of_gaps_stays_short_and_joins_those_that_are_nearest() {
        let mut hearing = Hearing::default();
        for n in 0..1000 {
            // The server is there for a moment every hour, and twice within a minute at the end.
            hearing.note(at(n * 3600));
        }
        assert!(hearing.gaps.len() <= GAPS_MAX, "{}", hearing.gaps.len());
        assert_eq!(hearing.seconds_between(at(0), at(999 * 3600)), 0);
        hearing.note(at(999 * 3600).plus_seconds(KEPT_S));
        assert_eq!(hearing.gaps.len(), 1, "the others are older than what is kept");
    }

    prop_compose! {
        fn any_hearing()(steps in prop::collection::vec((1i64..400, prop_oneof![4 => Just(0i64), 1 => -2000i64..5000]), 0..80)) -> (Hearing, i64) {
            let (mut hearing, mut now) = (Hearing::default(), 10_000);
            for (step, jump) in steps {
                now = (now + step + jump).max(0);
                hearing.note(at(now));
            }
            (hearing, now)
        }
    }

    proptest! {
        #[test]
        fn a_cutoff_is_where_the_heard_time_reaches_the_seconds(
            (hearing, now) in any_hearing(),
            seconds in 0i64..20_000,
            from in 0i64..40_000,
        ) {
            let cutoff = hearing.cutoff(at(now), seconds);
            prop_assert_eq!(hearing.seconds_between(cutoff, at(now)), seconds);
            let is_long = hearing.seconds_between(at(from.min(now)), at(now)) >= seconds;
            prop_assert_eq!(at(from.min(now)) <= cutoff, is_long, "list and decision agree");
        }

        #[test]
        fn no_more_is_heard_than_passed_and_gaps_are_in_order((hearing, now) in any_hearing(), from in 0i64..40_000) {
            let heard = hearing.seconds_between(at(from), at(now));
            prop_assert!((0..=(now - from).max(0)).contains(&heard));
            prop_assert!(hearing.gaps.windows(2).all(|pair| pair[0].to <= pair[1].from));
            prop_assert!(hearing.gaps.iter().all(|gap| gap.from < gap.to && gap.to <= at(now)));
        }
    }
}
