//! Times relative to now.

use crate::text;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// How long ago `at` is, or how far ahead, relative to `now` (both milliseconds since the Unix epoch): `5 min ago`.
/// `None` beyond 30 days, where a date says more.
pub fn relative_time(at: i64, now: i64) -> Option<String> {
    let seconds = (now - at) / 1000;
    let is_ahead = seconds < 0;
    let age = seconds.unsigned_abs();
    Some(match age {
        // The clocks of two machines may differ by some seconds.
        0..=44 => text::just_now().to_owned(),
        45..HOUR if is_ahead => text::in_minutes((age / MINUTE).max(1)),
        45..HOUR => text::minutes_ago((age / MINUTE).max(1)),
        HOUR..DAY if is_ahead => text::in_hours(age / HOUR),
        HOUR..DAY => text::hours_ago(age / HOUR),
        _ if age > 30 * DAY => return None,
        _ if is_ahead => text::in_days(age / DAY),
        _ => text::days_ago(age / DAY),
    })
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::*;

    fn ago(seconds: u64) -> Option<String> {
        relative_time(0, seconds.cast_signed() * 1000)
    }

    fn ahead(seconds: i64) -> Option<String> {
        relative_time(seconds * 1000, 0)
    }

    #[test]
    fn ages_have_the_unit_that_fits() {
        assert_eq!(ago(3).as_deref(), Some("just now"));
        assert_eq!(ago(59).as_deref(), Some("1 min ago"));
        assert_eq!(ago(3599).as_deref(), Some("59 min ago"));
        assert_eq!(ago(2 * HOUR).as_deref(), Some("2 h ago"));
        assert_eq!(ago(DAY).as_deref(), Some("1 day ago"));
        assert_eq!(ago(30 * DAY).as_deref(), Some("30 days ago"));
        assert_eq!(ago(31 * DAY), None);
    }

    #[test]
    fn the_future_is_shown_as_future_beyond_a_difference_of_clocks() {
        assert_eq!(ahead(3).as_deref(), Some("just now"));
        assert_eq!(ahead(7200).as_deref(), Some("in 2 h"));
    }
}
