//! Parses the lines of a file, without comparing them with the people in the store.

use super::{BadLine, FILE_MAX, FileError, LINES_MAX, LineError, columns::Columns};
use crate::spreadsheet::{Decoded, FileEncoding, Record, Records, decode, is_unreadable, unescape_formula};
use domain::types::text::{EmailAddress, Locale, PersonName};
use std::collections::HashMap;

/// The person in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Line number in the file, from 1.
    pub(crate) line: usize,
    pub(crate) name: PersonName,
    pub(crate) email: EmailAddress,
    /// `None` when the line contains no language.
    pub(crate) locale: Option<Locale>,
    /// All cells of the line.
    pub(crate) cells: Vec<String>,
}

/// The parsed lines of a file.
#[derive(Debug)]
pub(crate) struct Lines {
    pub(crate) encoding: &'static str,
    pub(crate) headings: Vec<String>,
    pub(crate) ignored: Vec<String>,
    pub(crate) good: Vec<Row>,
    pub(crate) bad: Vec<BadLine>,
}

/// Parses a file. A bad line does not affect the others.
///
/// # Errors
/// The file cannot be imported at all.
pub(crate) fn read(bytes: &[u8], encoding: FileEncoding) -> Result<Lines, FileError> {
    if bytes.len() > FILE_MAX {
        return Err(FileError::TooLarge);
    }
    // Bytes to text, and the first record to columns. Only these steps, and the limits, refuse the file as a whole.
    let Decoded { text, encoding } = decode(bytes, encoding)?;
    let mut records = Records::new(&text);
    let headings = records.next().ok_or(FileError::Empty)?.fields;
    let headings: Vec<String> = headings.iter().map(|heading| heading.trim().to_owned()).collect();
    let columns = Columns::of(&headings)?;
    let mut lines =
        Lines { encoding, ignored: columns.ignored(&headings), headings, good: Vec::new(), bad: Vec::new() };
    // The line in which each email was first seen.
    let mut seen = HashMap::new();
    for record in records {
        if lines.good.len() + lines.bad.len() >= LINES_MAX {
            return Err(FileError::TooManyLines);
        }
        match parse_row(&record, &columns, &mut seen) {
            Ok(row) => lines.good.push(row),
            Err(error) => lines.bad.push(BadLine { line: record.line, error, cells: record.fields }),
        }
    }
    if lines.good.is_empty() && lines.bad.is_empty() { Err(FileError::NoLines) } else { Ok(lines) }
}

fn parse_row(record: &Record, columns: &Columns, seen: &mut HashMap<EmailAddress, usize>) -> Result<Row, LineError> {
    // The record as such: complete, text, with the right number of cells.
    if record.is_cut {
        return Err(LineError::TooLong);
    }
    if record.fields.iter().any(|cell| is_unreadable(cell)) {
        return Err(LineError::Unreadable);
    }
    // Some spreadsheets add empty cells at the end of a line; these do not count.
    let filled = record.fields.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |at| at + 1);
    let found = record.fields.len();
    if found < columns.count || filled > columns.count {
        return Err(LineError::Columns { found, expected: columns.count });
    }
    // Its cells: present, then valid.
    let cell = |at: usize| unescape_formula(record.fields.get(at).map_or("", String::as_str)).trim().to_owned();
    let (name, email) = (columns.name(cell), columns.email(cell));
    if email.is_empty() {
        return Err(LineError::EmailMissing);
    }
    if name.is_empty() {
        return Err(LineError::NameMissing);
    }
    let email = EmailAddress::parse(&email).map_err(LineError::Text)?;
    let name = PersonName::parse(&name).map_err(LineError::Text)?;
    let locale = columns.locale(cell).map(|text| parse_locale(&text)).transpose()?;
    // Twice in the file: the first line counts, so put its number back.
    if let Some(earlier) = seen.insert(email.clone(), record.line) {
        seen.insert(email, earlier);
        return Err(LineError::Duplicate(earlier));
    }
    Ok(Row { line: record.line, name, email, locale, cells: record.fields.clone() })
}

/// Some programs write `de_AT` for `de-AT`.
fn parse_locale(text: &str) -> Result<Locale, LineError> {
    let unknown = || LineError::LocaleUnknown(text.chars().take(40).collect());
    Locale::parse(&text.replace('_', "-")).map_err(|_| unknown())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn errors(text: &str) -> Vec<(usize, LineError)> {
        let lines = read(text.as_bytes(), FileEncoding::Automatic).unwrap();
        lines.bad.into_iter().map(|bad| (bad.line, bad.error)).collect()
    }

    #[test]
    fn each_bad_line_is_listed_with_its_reason_and_good_lines_are_kept() {
        let text = "name,email,locale\n\
            Ada,ada@example.com,en\n\
            ,bo@example.com,en\n\
            Cy,cy@example,en\n\
            \n\
            Di,,en\n\
            Ed,ed@example.com,de_AT\n\
            Flo,ADA@example.com,en\n\
            Gus,gus@example.com,?\n\
            Hal,hal@example.com\n\
            Ida,ida@example.com,en,more\n\
            Jo\0,jo@example.com,en\n\
            Kim,kim@example.com,,,\n";
        let text_error = |error| LineError::Text(error);
        assert_eq!(
            errors(text),
            [
                (3, LineError::NameMissing),
                (4, text_error(domain::types::text::TextError::EmailInvalid)),
                (6, LineError::EmailMissing),
                (8, LineError::Duplicate(2)),
                (9, LineError::LocaleUnknown("?".to_owned())),
                (10, LineError::Columns { found: 2, expected: 3 }),
                (11, LineError::Columns { found: 4, expected: 3 }),
                (12, LineError::Unreadable),
            ]
        );
        let good = read(text.as_bytes(), FileEncoding::Automatic).unwrap().good;
        let found: Vec<_> = good.iter().map(|row| (row.line, row.locale.as_ref().map(Locale::as_str))).collect();
        assert_eq!(found, [(2, Some("en")), (7, Some("de-AT")), (13, None)]);
    }

    #[test]
    fn an_unusable_file_is_refused_as_a_whole() {
        let refused = |bytes: &[u8]| read(bytes, FileEncoding::Automatic).unwrap_err();
        assert_eq!(refused(b""), FileError::Empty);
        assert_eq!(refused(b"\n\n"), FileError::Empty);
        assert_eq!(refused(b"name,email\n"), FileError::NoLines);
        assert_eq!(refused(&vec![b'x'; FILE_MAX + 1]), FileError::TooLarge);
        let many = format!("name,email\n{}", "A,a@b.c\n".repeat(LINES_MAX + 1));
        assert_eq!(refused(many.as_bytes()), FileError::TooManyLines);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(mut bytes: Vec<u8>, has_headings in any::<bool>()) {
            if has_headings {
                bytes.splice(0..0, *b"name,email\n");
            }
            let _ = read(&bytes, FileEncoding::Automatic);
        }
    }
}
