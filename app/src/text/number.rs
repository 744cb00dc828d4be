//! Numbers as text.

use crate::text::locale::language;

/// A size in bytes with the decimal prefix that fits: `12.3 GB`. It does not break before the unit.
pub fn bytes(number: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if number < 1000 {
        return format!("{number}\u{a0}B");
    }
    // In tenths of the unit, rounded down, so that no floating point is needed.
    let (mut tenths, mut unit) = (number / 100, 0);
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1000;
        unit += 1;
    }
    let whole = language().grouped(tenths / 10);
    format!("{whole}{}{}\u{a0}{}", language().decimal_mark(), tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_the_prefix_that_fits() {
        assert_eq!(bytes(999), "999\u{a0}B");
        assert_eq!(bytes(1_000), "1.0\u{a0}kB");
        assert_eq!(bytes(999_999), "999.9\u{a0}kB");
        assert_eq!(bytes(128_000_000_000), "128.0\u{a0}GB");
        assert_eq!(bytes(u64::MAX), "18,446.7\u{a0}PB");
    }
}
