//! Numbers in words.

/// `1 device`, `2 devices`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{} {noun}", grouped(number))
}

/// `12 345`, with a narrow space that does not break.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

#[cfg(feature = "ssr")]
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
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_noun() {
        assert_eq!(count(1, "device", "devices"), "1 device");
        assert_eq!(count(0, "device", "devices"), "0 devices");
        assert_eq!(count(12_345, "row", "rows"), "12\u{202f}345 rows");
    }

    #[test]
    #[cfg(feature = "ssr")]
    fn sizes_have_the_prefix_that_fits() {
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(1_000), "1.0 kB");
        assert_eq!(bytes(999_999), "999.9 kB");
        assert_eq!(bytes(128_000_000_000), "128.0 GB");
        assert_eq!(bytes(u64::MAX), "18446.7 PB");
    }
}
