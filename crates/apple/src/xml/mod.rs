//! Property lists: every message to and from a phone is one, in XML, with a dictionary at the top.
//!
//! Nothing here is about certificates. What a message means is in [`checkin`](crate::checkin), [`report`](crate::report)
//! and [`command`](crate::command).

mod fields;

pub(crate) use fields::{Fields, date, put, put_some};

use plist::{Dictionary, Value};
use quick_xml::{Reader, events::Event};

/// The longest message that is read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;
/// How deep elements may be nested. The reader of property lists calls itself for each level, and a message of 30,000
/// levels ends the process (trap T9).
pub const MAX_LEVELS: usize = 32;

/// Why a message is no property list that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// It is longer than [`MAX_BYTES`].
    #[error("longer than {MAX_BYTES} bytes")]
    TooLong,
    /// It is a binary property list, which phones do not send.
    #[error("a binary property list")]
    Binary,
    /// It is not UTF-8.
    #[error("not UTF-8")]
    Encoding,
    /// It is no XML.
    #[error("no XML")]
    Syntax,
    /// Elements are nested deeper than [`MAX_LEVELS`].
    #[error("nested deeper than {MAX_LEVELS} levels")]
    TooDeep,
    /// It is XML and no property list.
    #[error("no property list")]
    NoPropertyList,
    /// There is no dictionary at its top.
    #[error("no dictionary at the top")]
    NoDictionary,
    /// It could not be written.
    #[error("cannot be written as XML")]
    Write,
}

/// Reads a message. A DOCTYPE may be there; entities that it defines are not expanded.
///
/// Verify the message's signature first.
pub fn read(bytes: &[u8]) -> Result<Dictionary, XmlError> {
    if bytes.len() > MAX_BYTES {
        return Err(XmlError::TooLong);
    }
    if bytes.starts_with(b"bplist") {
        return Err(XmlError::Binary);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| XmlError::Encoding)?;
    count_levels(text)?;
    let value = Value::from_reader_xml(text.as_bytes()).map_err(|_| XmlError::NoPropertyList)?;
    value.into_dictionary().ok_or(XmlError::NoDictionary)
}

/// Writes a message. Texts may contain any character: those that mean something in XML are escaped, and those that XML
/// cannot carry (section 2.2), or that its readers turn into others (carriage returns), are left out.
pub fn write(message: Dictionary) -> Result<Vec<u8>, XmlError> {
    let mut bytes = Vec::new();
    let message = writable(Value::Dictionary(message));
    message.to_writer_xml(&mut bytes).map_err(|_| XmlError::Write)?;
    Ok(bytes)
}

/// Goes through the elements in a loop, as the reader of property lists does not.
fn count_levels(text: &str) -> Result<(), XmlError> {
    let mut reader = Reader::from_str(text);
    let mut level = 0_usize;
    loop {
        match reader.read_event().map_err(|_| XmlError::Syntax)? {
            Event::Start(_) | Event::Empty(_) if level >= MAX_LEVELS => return Err(XmlError::TooDeep),
            Event::Start(_) => level += 1,
            Event::End(_) => level = level.saturating_sub(1),
            Event::Eof if level == 0 => return Ok(()),
            Event::Eof => return Err(XmlError::Syntax),
            _ => {}
        }
    }
}

/// The same value without characters that XML cannot carry. Values that are written here are shallow: they are ours, or
/// were read by [`read`].
fn writable(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(carried(&text)),
        Value::Array(values) => Value::Array(values.into_iter().map(writable).collect()),
        Value::Dictionary(entries) => {
            Value::Dictionary(entries.into_iter().map(|(key, value)| (carried(&key), writable(value))).collect())
        }
        other => other,
    }
}

fn carried(text: &str) -> String {
    let carries = |c: &char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(carries).collect()
}
