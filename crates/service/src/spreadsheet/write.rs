//! Writes CSV: UTF-8 with a byte order mark, quotes only where needed, CRLF line ends (RFC 4180), and cells that would
//! be formulas escaped.

use super::cell::escape_formula;
use csv::{Terminator, Writer, WriterBuilder};

/// The byte order mark, by which spreadsheets recognise UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A part of a CSV file.
pub(crate) struct Sheet {
    writer: Writer<Vec<u8>>,
}

impl Sheet {
    /// The first part, with the headings.
    pub(crate) fn with_headings(headings: &[&str]) -> Self {
        let mut sheet = Self { writer: writer(BYTE_ORDER_MARK.to_vec()) };
        sheet.row(headings.iter().copied());
        sheet
    }

    /// A later part.
    pub(crate) fn without_headings() -> Self {
        Self { writer: writer(Vec::new()) }
    }

    /// Writes a line.
    pub(crate) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for cell in cells {
            // Writing into memory cannot fail.
            let _ = self.writer.write_field(escape_formula(cell.as_ref()).as_bytes());
        }
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    /// The bytes of the part.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

fn writer(start: Vec<u8>) -> Writer<Vec<u8>> {
    WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spreadsheet::{Records, unescape_formula};
    use proptest::prelude::*;

    #[test]
    fn a_sheet_is_what_spreadsheets_expect() {
        let mut sheet = Sheet::with_headings(&["name", "email"]);
        sheet.row(["Lovelace, \"Ada\"", "=1+1"]);
        sheet.row(["a\nb", ""]);
        let bytes = sheet.into_bytes();
        let expected = "\u{feff}name,email\r\n\"Lovelace, \"\"Ada\"\"\",'=1+1\r\n\"a\nb\",\r\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(rows in proptest::collection::vec("[=+'@\\-\",;\\n\\r\\t]{0,2}\\PC{0,12}", 2..6)) {
            let mut sheet = Sheet::with_headings(&["name", "email"]);
            for row in &rows {
                sheet.row([row.as_str(), "x"]);
            }
            let text = String::from_utf8(sheet.into_bytes()).unwrap();
            let records = Records::new(text.trim_start_matches('\u{feff}'), |_, _| false).skip(1);
            let read: Vec<String> = records.map(|record| unescape_formula(&record.fields[0]).to_owned()).collect();
            prop_assert_eq!(read, rows);
        }
    }
}
