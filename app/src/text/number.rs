//! Numbers as text.

use crate::text::locale::language;

/// A size in bytes with the decimal prefix that fits: `12.3 GB`.
pub fn bytes(number: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if number < 1000 {
        return format!("{number} B");
    }
    // In tenths of the unit, rounded down, so that no floating point is needed.
    let (mut tenths, mut unit) = (number / 100, 0);
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1000;
        unit += 1;
    }
    format!("{}{}{} {}", tenths / 10, language().decimal_mark(), tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_the_prefix_that_fits() {
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(1_000), "1.0 kB");
        assert_eq!(bytes(999_999), "999.9 kB");
        assert_eq!(bytes(128_000_000_000), "128.0 GB");
        assert_eq!(bytes(u64::MAX), "18446.7 PB");
    }
}
