//! Data as text, inside of the page that the server wrote: each byte is the character of that number. A page is compressed
//! on its way, and reading this back takes no code to speak of.

use serde::{Serialize, de::DeserializeOwned};

/// Writes data down. Data that cannot be written gives an empty text, which reads as no data.
pub fn write<T: Serialize>(data: &T) -> String {
    postcard::to_allocvec(data).unwrap_or_default().into_iter().map(char::from).collect()
}

/// Reads what was written; `None` when it is not this data.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let bytes: Option<Vec<u8>> = text.chars().map(|character| u8::try_from(character).ok()).collect();
    postcard::from_bytes(&bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_written_is_read_back(data: (String, Vec<i64>, Option<bool>)) {
            prop_assert_eq!(read(&write(&data)), Some(data));
        }

        #[test]
        fn text_that_nobody_wrote_is_no_panic(text: String) {
            let _: Option<(String, Vec<i64>)> = read(&text);
        }
    }
}
