//! Bytes of a file as text, in one of the encodings that spreadsheets write.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1250, WINDOWS_1252};

/// Stands for bytes that are no text.
pub(crate) const UNREADABLE: char = char::REPLACEMENT_CHARACTER;

/// The encoding that a file is said to have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileEncoding {
    /// UTF-8 or UTF-16 where the file says so or looks so, else Windows-1252.
    #[default]
    Automatic,
    /// What spreadsheets of Central Europe write; nothing in a file tells it from Windows-1252.
    Windows1250,
}

impl FileEncoding {
    /// The word that travels.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Automatic => "auto",
            Self::Windows1250 => "windows-1250",
        }
    }

    /// The value of a word; `None` when it is none.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Automatic, Self::Windows1250].into_iter().find(|value| value.as_str() == word)
    }
}

/// A text and what it was written in.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text; bytes that are none stand as U+FFFD.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
}

/// The file is no text at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This is no CSV file. If it is a spreadsheet, save it as CSV (UTF-8) and choose that file.")]
pub struct NotText;

/// Reads a file as text.
///
/// # Errors
/// It is a spreadsheet, an archive or a picture.
pub fn decode(bytes: &[u8], asked: FileEncoding) -> Result<Decoded, NotText> {
    if [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG"].iter().any(|mark| bytes.starts_with(mark)) {
        return Err(NotText);
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((marked, _)) => marked,
        None if asked == FileEncoding::Windows1250 => WINDOWS_1250,
        None => looks_like(bytes),
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    Ok(Decoded { text: text.into_owned(), encoding: name(encoding) })
}

/// UTF-8 also where some bytes of it are broken: a text of another encoding has hardly a letter that is UTF-8.
fn looks_like(bytes: &[u8]) -> &'static Encoding {
    let (mut letters, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if broken == 0 || letters > broken { UTF_8 } else { WINDOWS_1252 }
}

fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-16LE" | "UTF-16BE" => "UTF-16",
        "windows-1252" => "Windows-1252",
        "windows-1250" => "Windows-1250",
        other => other,
    }
}

/// Whether a text holds what no spreadsheet writes: bytes that are no text, and controls.
pub(crate) fn is_unreadable(text: &str) -> bool {
    text.chars().any(|c| c == UNREADABLE || (c.is_control() && !matches!(c, '\t' | '\r' | '\n')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes, FileEncoding::Automatic).unwrap();
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn every_usual_encoding_is_recognised() {
        let utf16 = |little: bool, text: &str| -> Vec<u8> {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
        };
        for (bytes, encoding) in [
            ("Zoë Søn".as_bytes().to_vec(), "UTF-8"),
            ("\u{feff}Zoë Søn".as_bytes().to_vec(), "UTF-8"),
            (b"Zo\xeb S\xf8n".to_vec(), "Windows-1252"),
            (utf16(true, "Zoë Søn"), "UTF-16"),
            (utf16(false, "Zoë Søn"), "UTF-16"),
        ] {
            assert_eq!(read(&bytes), ("Zoë Søn".to_owned(), encoding));
        }
        let czech = decode(b"Ji\xf8\xed", FileEncoding::Windows1250).unwrap();
        assert_eq!((czech.text.as_str(), czech.encoding), ("Jiří", "Windows-1250"));
        let marked = decode("\u{feff}Jiří".as_bytes(), FileEncoding::Windows1250).unwrap();
        assert_eq!(marked.text, "Jiří", "what the file says itself counts more");
    }

    #[test]
    fn one_broken_byte_does_not_make_another_encoding_of_utf_8() {
        let mut bytes = "Zoë, Søn, Jiří, M\u{fc}ller ".as_bytes().to_vec();
        bytes.push(0xff);
        let (text, encoding) = read(&bytes);
        assert_eq!(encoding, "UTF-8");
        assert!(text.contains("Jiří") && is_unreadable(&text), "{text}");
    }

    #[test]
    fn a_spreadsheet_is_not_taken_for_text() {
        assert_eq!(decode(b"PK\x03\x04rest", FileEncoding::Automatic), Err(NotText));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes: Vec<u8>) {
            let _ = decode(&bytes, FileEncoding::Automatic);
            let _ = decode(&bytes, FileEncoding::Windows1250);
        }
    }
}
