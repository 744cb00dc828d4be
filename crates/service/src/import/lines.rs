//! Parses the lines of a file, without comparing them with the people in the store.

use super::{
    BadLine, FILE_MAX, FileError, LINES_MAX, LineDoubt, LineError,
    columns::{Columns, excerpt},
    languages,
};
use crate::spreadsheet::{
    Decoded, FileEncoding, HEADING_LINES, Record, Records, decode, is_unreadable, unescape_formula,
};
use domain::{
    person::invite_lines::one_mailbox,
    types::text::{EmailAddress, Locale, PersonName},
};
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
    pub(crate) doubt: Option<LineDoubt>,
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
    // Bytes to text, and its first lines to columns. Only these steps, and the limits, refuse the file as a whole.
    let Decoded { text, encoding } = decode(bytes, encoding)?;
    let mut records = Records::new(&text, |record, next| columns_of(record, next).is_some());
    let (columns, headings) = find_columns(&mut records)?;
    let mut lines =
        Lines { encoding, ignored: columns.ignored(&headings), headings, good: Vec::new(), bad: Vec::new() };
    // The line in which each email was first seen.
    let mut seen = HashMap::new();
    while let Some(record) = records.next() {
        if lines.good.len() + lines.bad.len() >= LINES_MAX {
            return Err(FileError::TooManyLines);
        }
        let parsed = if record.is_open { Err(LineError::OpenQuote) } else { parse_row(&record, &columns, &mut seen) };
        match parsed {
            Ok(row) => lines.good.push(row),
            // Nobody is swallowed without a word: those below are read again.
            Err(_) if swallows_people(&records, &record) && records.reread_from_second_line(&record) => {
                let cells = vec![records.lines_of(&record).0.chars().take(1000).collect()];
                lines.bad.push(BadLine { line: record.line, error: LineError::OpenQuote, cells });
            }
            Err(error) => lines.bad.push(BadLine { line: record.line, error, cells: record.fields }),
        }
    }
    if lines.good.is_empty() && lines.bad.is_empty() { Err(FileError::NoLines) } else { Ok(lines) }
}

fn columns_of(record: &Record, next: Option<&Record>) -> Option<Columns> {
    Columns::of(&record.fields, next.map(|record| record.fields.as_slice()))
}

/// Finds the headings among the first lines, below a title if there is one, or recognises a table that has none. The
/// lines behind them come next.
fn find_columns(records: &mut Records<'_>) -> Result<(Columns, Vec<String>), FileError> {
    let first: Vec<Record> = records.by_ref().take(HEADING_LINES).collect();
    let trimmed = |record: &Record| record.fields.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    for (at, record) in first.iter().enumerate() {
        if let Some(columns) = columns_of(record, first.get(at + 1)) {
            records.continue_behind(record);
            return Ok((columns, trimmed(record)));
        }
    }
    let record = first.first().ok_or(FileError::Empty)?;
    let cells = trimmed(record);
    match Columns::without_headings(&cells) {
        Some(columns) if !record.is_cut => {
            records.restart_at(record);
            let headings = (0..cells.len()).map(|at| columns.heading(at).to_owned()).collect();
            Ok((columns, headings))
        }
        _ => Err(FileError::NoEmailColumn { found: excerpt(&cells) }),
    }
}

/// Whether a quoted cell goes on into lines that have an email of their own.
fn swallows_people(records: &Records<'_>, record: &Record) -> bool {
    let goes_on = |cell: &String| cell.split_once(['\r', '\n']).is_some_and(|(_, further)| further.contains('@'));
    record.fields.iter().any(goes_on) || (record.is_cut && records.lines_of(record).1.contains('@'))
}

fn parse_row(record: &Record, columns: &Columns, seen: &mut HashMap<EmailAddress, usize>) -> Result<Row, LineError> {
    // The record as such: complete, with text in the columns that are read, and with no more cells than headings.
    if record.is_cut {
        return Err(LineError::TooLong);
    }
    if record.fields.iter().enumerate().any(|(at, cell)| columns.reads(at) && is_unreadable(cell)) {
        return Err(LineError::Unreadable);
    }
    // Spreadsheets leave empty cells at the end of a line out, or add some.
    let filled = record.fields.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |at| at + 1);
    if filled > columns.count {
        return Err(LineError::Columns { found: record.fields.len(), expected: columns.count });
    }
    // Its cells: present, then valid.
    let cell = |at: usize| unescape_formula(record.fields.get(at).map_or("", String::as_str)).trim().to_owned();
    let (name, email) = (columns.name(cell), columns.email(cell));
    if email.is_empty() {
        return Err(LineError::EmailMissing);
    }
    let (email, name_of_email) = parse_email(&email).map_err(LineError::Text)?;
    let name = match name {
        Some(name) if name.is_empty() && name_of_email.is_empty() => return Err(LineError::NameMissing),
        Some(name) if !name.is_empty() => name,
        _ => name_of_email,
    };
    // A table of emails alone is a list of people.
    let name = if name.is_empty() {
        PersonName::of_email(&email)
    } else {
        PersonName::parse(&name).map_err(LineError::Text)?
    };
    let language = columns.locale(cell);
    let locale = language.as_deref().and_then(languages::parse);
    // A person is never lost for a language.
    let doubt = language.filter(|_| locale.is_none()).map(|text| LineDoubt::Language(text.chars().take(40).collect()));
    // Twice in the file: the first line counts, so put its number back.
    if let Some(earlier) = seen.insert(email.clone(), record.line) {
        seen.insert(email, earlier);
        return Err(LineError::Duplicate(earlier));
    }
    Ok(Row { line: record.line, name, email, locale, doubt })
}

/// The address in a cell, and the name beside it if there is one: `Anna Berg <anna@example.com>`.
fn parse_email(cell: &str) -> Result<(EmailAddress, String), domain::types::text::TextError> {
    EmailAddress::parse(cell).map(|email| (email, String::new())).or_else(|error| {
        let (name, email) = one_mailbox(cell).ok_or_else(|| error.clone())?;
        EmailAddress::parse(&email).map(|email| (email, name)).map_err(|_| error)
    })
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
                (11, LineError::Columns { found: 4, expected: 3 }),
                (12, LineError::Unreadable),
            ]
        );
        let good = read(text.as_bytes(), FileEncoding::Automatic).unwrap().good;
        let found: Vec<_> = good.iter().map(|row| (row.line, row.locale.as_ref().map(Locale::as_str))).collect();
        assert_eq!(found, [(2, Some("en")), (7, Some("de-AT")), (9, None), (10, None), (13, None)]);
        assert_eq!(good[2].doubt, Some(LineDoubt::Language("?".to_owned())));
        assert!(good.iter().enumerate().all(|(at, row)| at == 2 || row.doubt.is_none()));
    }

    #[test]
    fn an_unusable_file_is_refused_as_a_whole() {
        let refused = |bytes: &[u8]| read(bytes, FileEncoding::Automatic).unwrap_err();
        assert_eq!(refused(b""), FileError::Empty);
        assert_eq!(refused(b"\n\n"), FileError::Empty);
        assert_eq!(refused(b"name,email\n"), FileError::NoLines);
        assert_eq!(refused(&vec![b'x'; FILE_MAX + 1]), FileError::TooLarge);
        assert_ne!(refused(&vec![b'x'; FILE_MAX]), FileError::TooLarge);
        let cut = format!("ada@example.com{}", ",x".repeat(100_000));
        assert!(matches!(refused(cut.as_bytes()), FileError::NoEmailColumn { .. }), "its end was not read");
        let many = format!("name,email\n{}", "A,a@b.c\n".repeat(LINES_MAX + 1));
        assert_eq!(refused(many.as_bytes()), FileError::TooManyLines);
    }

    /// The people of a file as `Name <email>`, and the lines that are left out.
    fn people(bytes: &[u8]) -> (Vec<String>, Vec<usize>) {
        let lines = read(bytes, FileEncoding::Automatic).unwrap();
        let shown = lines.good.iter().map(|row| format!("{} <{}>", row.name, row.email)).collect();
        (shown, lines.bad.iter().map(|bad| bad.line).collect())
    }

    #[test]
    fn files_are_read_as_exporters_write_them() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        for file in [
            // PowerShell, spreadsheets with a declared separator, a title, a table without headings or without names.
            &b"#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n\"Name\",\"mail\"\r\n\"Anna Berg\",\"a@x.org\"\r\n"[..],
            b"SEP=;\r\nname;email\r\nAnna Berg;a@x.org\r\n",
            b"\"sep=;\"\r\nname;email\r\nAnna Berg;a@x.org\r\n",
            b"Employees, as of 1 January, all\n\nName;E-Mail;Department\nAnna Berg;a@x.org\n",
            b"Anna Berg;a@x.org\n",
            b"email\nanna.berg@x.org\n".as_slice(),
            b"anna.berg@x.org".as_slice(),
            b"E-Mail|Vorname|Name\nmailto:a@x.org|Anna|Berg\n",
            // Cells with more than the address, controls in columns that nobody reads, blank lines at the end.
            b"name,email\n,Anna Berg <a@x.org>\n",
            b"name,email\nAnna Berg,a@x.org;\n",
            b"name,email,notes\nAnna Berg,\xe2\x80\x8ba@x.org\xc2\xa0,\"line1\x0bline2\"\n",
            b"name;email;\r\nAnna Berg;a@x.org;\r\n;;\r\n;;\r\n \r\n",
            b"name\temail\tlanguage\nAnna Berg\ta@x.org\n",
            &utf16("name,email\r\nAnna Berg,a@x.org\r\n"),
        ] {
            let (people, bad) = people(file);
            let expected = people.iter().all(|one| one == "Anna Berg <a@x.org>" || one == "Anna Berg <anna.berg@x.org>");
            assert!(people.len() == 1 && expected && bad.is_empty(), "{people:?} {bad:?} {}", String::from_utf8_lossy(file));
        }
    }

    #[test]
    fn a_table_of_many_columns_is_read() {
        let more = |word: &str| (0..400).map(|_| [",", word].concat()).collect::<String>();
        let file = format!("Name,mail{}\nAnna Berg,a@x.org{}\n", more("attribute"), more(&"x".repeat(50)));
        assert_eq!(people(file.as_bytes()), (vec!["Anna Berg <a@x.org>".to_owned()], Vec::new()));
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_swallows_nobody() {
        let file = b"name,email,notes\nPetr \"Pete Sova,p@x.org\n\"Eva Lind,e@x.org\nOle Dahl,o@x.org\nBo Li,b@x.org,\"late\nCy Day,c@x.org,\n";
        let (found, bad) = people(file);
        assert_eq!(found, ["Petr \"Pete Sova <p@x.org>", "Ole Dahl <o@x.org>", "Cy Day <c@x.org>"]);
        assert_eq!(bad, [3, 5]);
        // Line breaks in cells are still read.
        let file = b"name,email,notes\nAnna Berg,a@x.org,\"write to:\nboss@x.org\"\nBo Li,b@x.org,\n";
        assert_eq!(people(file), (vec!["Anna Berg <a@x.org>".to_owned(), "Bo Li <b@x.org>".to_owned()], Vec::new()));
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
