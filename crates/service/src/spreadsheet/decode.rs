//! Decodes a file to text, from one of the encodings that spreadsheets write.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};
use serde::{Deserialize, Serialize};

/// Replaces bytes that are not text.
pub(crate) const UNREADABLE: char = char::REPLACEMENT_CHARACTER;

/// The encoding that the user or the sender says that a file has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileEncoding {
    /// UTF-8 or UTF-16 by the byte order mark, either of them if the bytes look like it, else Windows-1252.
    #[default]
    Automatic,
    /// Written by spreadsheets in Central Europe. It cannot be told from Windows-1252 by the bytes alone, so the user
    /// has to choose it.
    Windows1250,
    /// Declared by the program that sent it, as a charset of `Content-Type`.
    Declared(&'static Encoding),
}

impl FileEncoding {
    /// The name in forms and URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Automatic => "auto",
            Self::Windows1250 => "windows-1250",
            Self::Declared(encoding) => encoding.name(),
        }
    }

    /// The encoding with this name in forms and URLs.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Automatic, Self::Windows1250].into_iter().find(|value| value.as_str() == word)
    }

    /// The encoding with this name, as [`FileEncoding::as_str`] tells it.
    pub fn of_name(name: &str) -> Self {
        Self::of(name).or_else(|| Self::of_charset(name)).unwrap_or_default()
    }

    /// The encoding of a charset, by any of its names; `None` when nobody knows it. Programs declare UTF-8 without looking,
    /// so that this decides nothing.
    pub fn of_charset(name: &str) -> Option<Self> {
        let encoding = Encoding::for_label(name.as_bytes())?;
        Some(if encoding == UTF_8 { Self::Automatic } else { Self::Declared(encoding) })
    }
}

/// A decoded text and its encoding.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text; bytes that are not text are replaced by U+FFFD.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
}

/// The file is not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("This is not a CSV file. If it is a spreadsheet, save it as CSV (UTF-8) and choose that file.")]
pub struct NotText;

/// Decodes a file to text.
///
/// # Errors
/// It is a spreadsheet, an archive, a PDF or an image.
pub fn decode(bytes: &[u8], chosen: FileEncoding) -> Result<Decoded, NotText> {
    if [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG"].iter().any(|magic| bytes.starts_with(magic)) {
        return Err(NotText);
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => match chosen {
            FileEncoding::Automatic => detect(bytes),
            FileEncoding::Windows1250 => WINDOWS_1250,
            FileEncoding::Declared(encoding) => encoding,
        },
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    Ok(Decoded { text: text.into_owned(), encoding: name(encoding) })
}

/// UTF-8 even if some bytes are invalid: text in another encoding contains hardly any valid non-ASCII UTF-8.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    let (mut letters, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if broken == 0 || letters > broken { UTF_8 } else { WINDOWS_1252 }
}

/// UTF-16 by its zeros: the letters of headings and addresses have one in each second byte, and other texts have none.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let beginning = &bytes[..bytes.len().min(4096)];
    let zeros = |offset: usize| beginning.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, letters) = (zeros(0), zeros(1), beginning.len() / 2);
    let is_text = |with: usize, without: usize| letters > 1 && with * 2 > letters && without * 20 < letters;
    match () {
        () if is_text(odd, even) => Some(UTF_16LE),
        () if is_text(even, odd) => Some(UTF_16BE),
        () => None,
    }
}

fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-16LE" | "UTF-16BE" => "UTF-16",
        "windows-1252" => "Windows-1252",
        "windows-1250" => "Windows-1250",
        other => other,
    }
}

/// Whether a text contains replaced bytes, or control characters that no spreadsheet writes.
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
    fn each_common_encoding_is_recognised() {
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
        for little in [true, false] {
            let unmarked = utf16(little, "name,email\r\nZoë,z@x.org")[2..].to_vec();
            assert_eq!(read(&unmarked), ("name,email\r\nZoë,z@x.org".to_owned(), "UTF-16"));
        }
        let declared = FileEncoding::of_charset("ISO-8859-2").unwrap();
        assert_eq!(decode(b"Ji\xf8\xed \xb9", declared).unwrap().text, "Jiří š");
        assert_eq!(FileEncoding::of_charset("klingon"), None);
        let czech = decode(b"Ji\xf8\xed", FileEncoding::Windows1250).unwrap();
        assert_eq!((czech.text.as_str(), czech.encoding), ("Jiří", "Windows-1250"));
        let marked = decode("\u{feff}Jiří".as_bytes(), FileEncoding::Windows1250).unwrap();
        assert_eq!(marked.text, "Jiří", "a byte order mark takes precedence over the choice");
    }

    #[test]
    fn one_invalid_byte_does_not_change_the_detected_encoding() {
        let mut bytes = "Zoë, Søn, Jiří, M\u{fc}ller ".as_bytes().to_vec();
        bytes.push(0xff);
        let (text, encoding) = read(&bytes);
        assert_eq!(encoding, "UTF-8");
        assert!(text.contains("Jiří") && is_unreadable(&text), "{text}");
    }

    #[test]
    fn a_single_letter_decides_if_nothing_is_broken() {
        assert_eq!(read("é".as_bytes()), ("é".to_owned(), "UTF-8"));
        assert_eq!(read(b"\xc3\xa9\xff"), ("Ã©ÿ".to_owned(), "Windows-1252"), "as many broken as whole ones");
    }

    #[test]
    fn zeros_make_utf_16_only_where_nearly_every_letter_has_one() {
        let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let is_utf16 = |text: &str| read(&little(text)).1 == "UTF-16";
        assert!(!is_utf16("a"), "one letter is too few");
        assert!(is_utf16("ab"));
        assert!(!is_utf16("aЖbЖ"), "half of them");
        assert!(is_utf16("aЖbЖc"));
        // U+0100 has its zero in the other place: that is rare in text.
        assert!(!is_utf16(&format!("{}{}", "a".repeat(57), "Ā".repeat(3))));
        assert!(is_utf16(&format!("{}{}", "a".repeat(58), "Ā".repeat(3))));
    }

    #[test]
    fn a_spreadsheet_is_refused() {
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
