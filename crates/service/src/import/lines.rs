//! What each line of a file says, without a look at who is known.

use super::{BadLine, FILE_MAX, FileError, LINES_MAX, LineError, columns::Columns};
use crate::spreadsheet::{Decoded, FileEncoding, Record, Records, decode, is_unreadable, undo};
use domain::types::text::{EmailAddress, Locale, PersonName};
use std::collections::HashMap;

/// A person as a line tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Where it begins, counted from 1.
    pub(crate) line: usize,
    pub(crate) name: PersonName,
    pub(crate) email: EmailAddress,
    /// `None` when the line tells no language.
    pub(crate) locale: Option<Locale>,
    /// What stands in it.
    pub(crate) cells: Vec<String>,
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct Lines {
    pub(crate) encoding: &'static str,
    pub(crate) headings: Vec<String>,
    pub(crate) ignored: Vec<String>,
    pub(crate) good: Vec<Row>,
    pub(crate) bad: Vec<BadLine>,
}

/// Reads a file. Bad lines never keep good ones from being read.
///
/// # Errors
/// The file as a whole is not what it should be.
pub(crate) fn read(bytes: &[u8], encoding: FileEncoding) -> Result<Lines, FileError> {
    if bytes.len() > FILE_MAX {
        return Err(FileError::TooLarge);
    }
    let Decoded { text, encoding } = decode(bytes, encoding)?;
    let mut records = Records::new(&text);
    let headings = records.next().ok_or(FileError::Empty)?.fields;
    let headings: Vec<String> = headings.iter().map(|heading| heading.trim().to_owned()).collect();
    let columns = Columns::of(&headings)?;
    let mut lines =
        Lines { encoding, ignored: columns.ignored(&headings), headings, good: Vec::new(), bad: Vec::new() };
    let mut seen = HashMap::new();
    for record in records {
        if lines.good.len() + lines.bad.len() >= LINES_MAX {
            return Err(FileError::TooManyLines);
        }
        match row(&record, &columns, &mut seen) {
            Ok(row) => lines.good.push(row),
            Err(error) => lines.bad.push(BadLine { line: record.line, error, cells: record.fields }),
        }
    }
    if lines.good.is_empty() && lines.bad.is_empty() { Err(FileError::NoLines) } else { Ok(lines) }
}

fn row(record: &Record, columns: &Columns, seen: &mut HashMap<EmailAddress, usize>) -> Result<Row, LineError> {
    if record.is_cut {
        return Err(LineError::TooLong);
    }
    if record.fields.iter().any(|cell| is_unreadable(cell)) {
        return Err(LineError::Unreadable);
    }
    // Spreadsheets like to add empty columns at the end.
    let filled = record.fields.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |at| at + 1);
    let found = record.fields.len();
    if found < columns.count || filled > columns.count {
        return Err(LineError::Columns { found, expected: columns.count });
    }
    let cell = |at: usize| undo(record.fields.get(at).map_or("", String::as_str)).trim().to_owned();
    let (name, email) = (columns.name(cell), columns.email(cell));
    if email.is_empty() {
        return Err(LineError::EmailMissing);
    }
    if name.is_empty() {
        return Err(LineError::NameMissing);
    }
    let email = EmailAddress::parse(&email).map_err(LineError::Text)?;
    let name = PersonName::parse(&name).map_err(LineError::Text)?;
    let locale = columns.locale(cell).map(|text| locale(&text)).transpose()?;
    if let Some(earlier) = seen.insert(email.clone(), record.line) {
        seen.insert(email, earlier);
        return Err(LineError::Duplicate(earlier));
    }
    Ok(Row { line: record.line, name, email, locale, cells: record.fields.clone() })
}

/// Programs write `de_AT` as well.
fn locale(text: &str) -> Result<Locale, LineError> {
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
    fn each_bad_line_is_named_with_its_reason_and_good_ones_are_kept() {
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
        let told: Vec<_> = good.iter().map(|row| (row.line, row.locale.as_ref().map(Locale::as_str))).collect();
        assert_eq!(told, [(2, Some("en")), (7, Some("de-AT")), (13, None)]);
    }

    #[test]
    fn a_file_that_is_none_is_refused_as_a_whole() {
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
        fn any_bytes_are_read_or_refused(mut bytes: Vec<u8>, heads in any::<bool>()) {
            if heads {
                bytes.splice(0..0, *b"name,email\n");
            }
            let _ = read(&bytes, FileEncoding::Automatic);
        }
    }
}
