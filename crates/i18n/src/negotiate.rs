//! The language that a browser prefers.

use crate::Language;

/// More preferences than any browser sends. The rest of a longer header is ignored.
const PREFERENCES_MAX: usize = 32;
/// Weights in thousandths (RFC 9110, section 12.4.2).
const WEIGHT_MAX: u32 = 1000;

impl Language {
    /// The supported language with the greatest weight in an `Accept-Language` header (RFC 9110, section 12.5.4); the first
    /// of several with the same weight. `None` if no language is supported. Accepts any text.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(u32, Self)> = None;
        for (language, weight) in header.split(',').take(PREFERENCES_MAX).filter_map(preference) {
            if weight > best.map_or(0, |(weight, _)| weight) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

/// Reads one entry such as `de-AT;q=0.8`.
fn preference(entry: &str) -> Option<(Language, u32)> {
    let (tag, parameters) = entry.split_once(';').unwrap_or((entry, ""));
    let weight = match parameters.trim().split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("q") => weight(value.trim())?,
        _ => WEIGHT_MAX,
    };
    Some((Language::of_tag(tag)?, weight))
}

/// Reads a weight from `0` to `1` with at most three decimals, as thousandths.
fn weight(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_number = part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let thousandths: u32 = if is_number { format!("{part:0<3}").parse().ok()? } else { return None };
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(WEIGHT_MAX),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_language_with_the_greatest_weight_is_taken() {
        for (header, expected) in [
            ("de", Some(Language::German)),
            ("de-AT,de;q=0.9,en;q=0.8", Some(Language::German)),
            ("fr-CH, fr;q=0.9, cs;q=0.7, en;q=0.8", Some(Language::English)),
            ("en;q=0.5,cs;q=0.50", Some(Language::English)),
            ("en;q=0.5, cs ; q=0.501", Some(Language::Czech)),
            ("CS-cz;Q=1.000,en", Some(Language::Czech)),
            ("de;q=0,cs;q=0.001", Some(Language::Czech)),
            ("de;q=0", None),
            ("en;q=0.5,de;x=0.1", Some(Language::German)),
            ("de;q=1.5,en;q=0.1", Some(Language::English)),
            ("fr,*;q=0.1", None),
            ("", None),
        ] {
            assert_eq!(Language::accepted(header), expected, "{header}");
        }
    }

    #[test]
    fn a_hostile_header_is_read_as_far_as_it_is_valid() {
        let long = format!("{}de", "fr;q=0.1,".repeat(5000));
        for (header, expected) in [
            (long.as_str(), None),
            (&"x".repeat(10_000), None),
            (&"de-".repeat(4000), Some(Language::German)),
            ("<script>alert(1)</script>", None),
            ("de;q=NaN,en;q=-1,cs;q=0.0001", None),
            ("de;q=2,en;q=1e3", None),
            ("de;q=٠.٥", None),
            (",,;;==,de\0,\u{202E}de", None),
            ("en-x-pseudo", Some(Language::English)),
        ] {
            assert_eq!(Language::accepted(header), expected, "{header:.40}");
        }
    }

    proptest! {
        #[test]
        fn no_header_and_no_tag_causes_a_panic(text in ".{0,300}", list in "([a-z*<>]{0,3}[-_;=q., 0-9]{0,6}){0,60}") {
            for text in [text, list] {
                prop_assert!(Language::accepted(&text).is_none_or(|language| Language::ALL.contains(&language)));
                prop_assert!(Language::of_tag(&text).is_none_or(|language| Language::ALL.contains(&language)));
            }
        }
    }
}
