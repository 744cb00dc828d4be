//! Reading a table, line by line. Each line is bounded, however hostile the file: one that is longer is told as such, and
//! the next one is read as usual.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Longest line, in bytes of UTF-8.
pub(crate) const RECORD_MAX: usize = 8 * 1024;
/// Most columns of a line.
pub(crate) const FIELDS_MAX: usize = 100;

/// A line: a record of the table, which may go over several lines of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// The line of the file that it begins in, counted from 1.
    pub(crate) line: usize,
    /// Its cells.
    pub(crate) fields: Vec<String>,
    /// Whether it was longer than is read: these cells are its beginning.
    pub(crate) is_cut: bool,
}

/// The lines of a table, without blank ones.
pub(crate) struct Records<'a> {
    rest: &'a [u8],
    reader: Reader,
    line: usize,
    ended: bool,
}

impl<'a> Records<'a> {
    /// The lines of `text`, whose separator is found in its first line.
    pub(crate) fn new(text: &'a str) -> Self {
        let (told, skipped) = told_separator(text);
        let rest = text.as_bytes();
        let separator = told.unwrap_or_else(|| separator(text));
        let reader = ReaderBuilder::new().delimiter(separator).build();
        let mut records = Self { rest, reader, line: 1, ended: false };
        records.advance(skipped);
        records
    }

    /// Counts what was read.
    fn advance(&mut self, bytes: usize) {
        let (read, rest) = self.rest.split_at(bytes);
        let next = |at: usize| read.get(at + 1).or(rest.first());
        let ends = |(at, byte): (usize, &u8)| *byte == b'\n' || (*byte == b'\r' && next(at) != Some(&b'\n'));
        self.line += read.iter().enumerate().filter(|place| ends(*place)).count();
        self.rest = rest;
    }

    fn read(&mut self) -> Option<Record> {
        let blank = self.rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.advance(blank);
        let line = self.line;
        let (mut text, mut ends) = (vec![0; RECORD_MAX], [0; FIELDS_MAX]);
        let (mut length, mut fields, mut is_cut) = (0, 0, false);
        loop {
            let (result, read, written, ended) = if is_cut {
                self.reader.read_record(self.rest, &mut [0; RECORD_MAX], &mut [0; FIELDS_MAX])
            } else {
                self.reader.read_record(self.rest, &mut text[length..], &mut ends[fields..])
            };
            self.advance(read);
            if !is_cut {
                length += written;
                fields += ended;
            }
            match result {
                // Once more with nothing tells the reader that the file is over.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => is_cut = true,
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        let fields = cells(&text[..length], &ends[..fields]);
        Some(Record { line, fields, is_cut })
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        while !self.ended {
            match self.read() {
                Some(record) if record.fields.iter().all(|cell| cell.trim().is_empty()) && !record.is_cut => {}
                Some(record) => return Some(record),
                None => self.ended = true,
            }
        }
        None
    }
}

/// The cells of a line; what comes after the last end is one that was cut.
fn cells(text: &[u8], ends: &[usize]) -> Vec<String> {
    let mut from = 0;
    let mut cells: Vec<String> = Vec::with_capacity(ends.len());
    for end in ends.iter().copied().chain((ends.last() != Some(&text.len())).then_some(text.len())) {
        let cell = text.get(from..end).unwrap_or_default();
        cells.push(String::from_utf8_lossy(cell).into_owned());
        from = end;
    }
    cells
}

/// The separator that a first line such as `sep=;` tells, which some spreadsheets ask for, and how long that line is.
fn told_separator(text: &str) -> (Option<u8>, usize) {
    let first = text.lines().next().unwrap_or_default();
    match first.as_bytes() {
        [b's', b'e', b'p', b'=', separator @ (b',' | b';' | b'\t')] => (Some(*separator), first.len()),
        _ => (None, 0),
    }
}

/// The separator that stands in the first line most often, outside of quotes.
fn separator(text: &str) -> u8 {
    let first = text.trim_start_matches(['\r', '\n']).bytes().take(RECORD_MAX);
    let mut found = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in first {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ => {}
        }
        if let Some((_, count)) = found.iter_mut().find(|(separator, _)| *separator == byte && !quoted) {
            *count += 1;
        }
    }
    // The first of equals.
    found.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(usize, Vec<String>)> {
        Records::new(text).map(|record| (record.line, record.fields)).collect()
    }

    fn line(number: usize, fields: &[&str]) -> (usize, Vec<String>) {
        (number, fields.iter().map(|field| (*field).to_owned()).collect())
    }

    #[test]
    fn each_separator_and_each_end_of_line_is_read() {
        for separator in [",", ";", "\t"] {
            for end in ["\n", "\r\n", "\r"] {
                let text = ["name,email", "\"Lovelace, Ada\",a@b.c", "", "Bo,b@b.c"].join(end).replace("email", "mail");
                let text = text.replace(",email", ",mail").replace("e,m", &format!("e{separator}m"));
                let text = text.replace("\",a", &format!("\"{separator}a")).replace("Bo,", &format!("Bo{separator}"));
                let expected =
                    [line(1, &["name", "mail"]), line(2, &["Lovelace, Ada", "a@b.c"]), line(4, &["Bo", "b@b.c"])];
                assert_eq!(read(&text), expected, "{text:?}");
            }
        }
        assert_eq!(read("sep=;\r\na,b;c\r\n"), [line(2, &["a,b", "c"])]);
    }

    #[test]
    fn a_quoted_cell_may_go_over_lines_and_the_lines_are_counted() {
        let text = "a,b\r\n\"one\r\ntwo \"\"x\"\"\",2\r\n;,\r\n3,4";
        let read = read(text);
        assert_eq!(read[1], line(2, &["one\r\ntwo \"x\"", "2"]));
        assert_eq!(read.last(), Some(&line(5, &["3", "4"])));
    }

    #[test]
    fn blank_lines_are_passed_over_and_counted() {
        assert_eq!(read("\n\na,b\n,\n  \n1,2\n\n"), [line(3, &["a", "b"]), line(6, &["1", "2"])]);
    }

    #[test]
    fn a_line_that_is_too_long_does_not_harm_the_next() {
        let long = "x".repeat(3 * RECORD_MAX);
        let wide = ",".repeat(1000);
        let records: Vec<Record> = Records::new(&format!("a,b\n{long}\n1,2\nx{wide}\n3,4")).collect();
        let cut: Vec<(usize, bool)> = records.iter().map(|record| (record.line, record.is_cut)).collect();
        assert_eq!(cut, [(1, false), (2, true), (3, false), (4, true), (5, false)]);
        assert_eq!(records[4].fields, ["3", "4"]);
        assert!(records[1].fields[0].len() <= RECORD_MAX);
    }

    #[test]
    fn quotes_without_end_are_one_long_line() {
        let records: Vec<Record> = Records::new(&"\"".repeat(1_000_001)).collect();
        assert_eq!(records.len(), 1);
        assert!(records[0].is_cut);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_lines_grow(text in "(\\PC|[\",;\\t\\r\\n\"]){0,200}") {
            let lines: Vec<usize> = Records::new(&text).map(|record| record.line).collect();
            prop_assert!(lines.windows(2).all(|pair| pair[0] < pair[1] || text.contains('"')), "{:?}", lines);
            prop_assert!(lines.iter().all(|line| *line <= text.lines().count().max(1) + text.matches('\r').count()));
        }
    }
}
