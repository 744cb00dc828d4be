//! Data as text inside the page that the server wrote: each byte is one character. Printable characters stay as they
//! are. Everything else becomes a letter above U+00FF, for two reasons: scripts in a page read some characters as
//! something else ("\0" before a digit is an octal number), and Leptos escapes `<` in a way that only JSON is read back
//! from. Pages are compressed on their way, and reading this takes hardly any code.

use serde::{Serialize, de::DeserializeOwned};

/// Added to bytes that are not printable. U+0100 to U+01FF are letters, which nothing escapes.
const SHIFT: u32 = 0x100;

/// Writes data as text. Data that cannot be written becomes an empty text, which is read as no data.
pub fn write<T: Serialize>(data: &T) -> String {
    postcard::to_allocvec(data).unwrap_or_default().into_iter().map(character).collect()
}

/// Reads such a text; `None` when it is not of this type.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    postcard::from_bytes(&bytes?).ok()
}

fn character(byte: u8) -> char {
    match byte {
        b'"' | b'\\' | b'<' | ..0x20 | 0x7f.. => char::from_u32(SHIFT + u32::from(byte)).unwrap_or_default(),
        _ => char::from(byte),
    }
}

fn byte(character: char) -> Option<u8> {
    let code = u32::from(character);
    u8::try_from(code.checked_sub(SHIFT).unwrap_or(code)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_byte_needs_an_escape_in_a_script() {
        let text: String = (0..=u8::MAX).map(character).collect();
        assert_eq!(format!("{text:?}"), format!("\"{text}\""));
        assert!(!text.contains('<'));
        assert!(text.chars().map(byte).eq((0..=u8::MAX).map(Some)));
    }

    proptest! {
        #[test]
        fn written_data_can_be_read_back(data: (String, Vec<i64>, Option<bool>)) {
            prop_assert_eq!(read(&write(&data)), Some(data));
        }

        #[test]
        fn reading_any_text_does_not_panic(text: String) {
            let _: Option<(String, Vec<i64>)> = read(&text);
        }
    }
}
