//! Time in words.

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long ago `at` is, or how far ahead, seen from `now` (both milliseconds since the Unix epoch): `5 min ago`. `None`
/// beyond 30 days, where a date tells more.
pub fn relative(at: i64, now: i64) -> Option<String> {
    let seconds = (now - at) / 1000;
    let age = seconds.abs();
    let text = match age {
        // Clocks of two machines differ by some seconds.
        0..=44 => return Some("just now".to_owned()),
        45..HOUR => format!("{} min", (age / MINUTE).max(1)),
        HOUR..DAY => format!("{} h", age / HOUR),
        _ if age < 2 * DAY => "1 day".to_owned(),
        _ if age <= 30 * DAY => format!("{} days", age / DAY),
        _ => return None,
    };
    Some(if seconds < 0 { format!("in {text}") } else { format!("{text} ago") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ago(seconds: i64) -> Option<String> {
        relative(0, seconds * 1000)
    }

    #[test]
    fn ages_are_told_in_the_unit_that_fits() {
        assert_eq!(ago(3).as_deref(), Some("just now"));
        assert_eq!(ago(59).as_deref(), Some("1 min ago"));
        assert_eq!(ago(3599).as_deref(), Some("59 min ago"));
        assert_eq!(ago(2 * HOUR).as_deref(), Some("2 h ago"));
        assert_eq!(ago(DAY).as_deref(), Some("1 day ago"));
        assert_eq!(ago(30 * DAY).as_deref(), Some("30 days ago"));
        assert_eq!(ago(31 * DAY), None);
    }

    #[test]
    fn the_future_is_told_as_such_beyond_a_difference_of_clocks() {
        assert_eq!(ago(-3).as_deref(), Some("just now"));
        assert_eq!(ago(-7200).as_deref(), Some("in 2 h"));
    }
}
