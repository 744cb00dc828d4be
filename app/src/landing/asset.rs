//! The two files that landing pages load, and the addresses they are loaded from.

use std::sync::LazyLock;

/// The style sheet of the landing pages, served at `/landing.css`.
pub const fn stylesheet() -> &'static str {
    include_str!("landing.css")
}

/// The script of the landing pages, served at `/landing.js`. The pages work without it.
pub const fn script() -> &'static str {
    include_str!("landing.js")
}

/// Address of the style sheet, with a hash of its content.
pub(super) fn stylesheet_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| versioned("/landing.css", stylesheet()));
    &PATH
}

/// Address of the script, with a hash of its content.
pub(super) fn script_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| versioned("/landing.js", script()));
    &PATH
}

/// An address with a hash of what is there.
pub(crate) fn versioned(path: &str, content: &str) -> String {
    format!("{path}?v={:016x}", fnv1a(content.as_bytes()))
}

/// FNV-1a with 64 bits: tells versions of a file apart, which is no matter of security.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_content_has_another_address() {
        assert_ne!(versioned("/a", "one"), versioned("/a", "two"));
        // Known answers of the function: the empty text and "a".
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}
