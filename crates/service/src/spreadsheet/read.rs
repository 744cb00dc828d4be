//! Reads CSV record by record, in bounded memory, however hostile the file. A record that is too long is returned cut
//! and marked as such; the next one is read as usual.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Longest record, in bytes of UTF-8.
pub(crate) const RECORD_MAX: usize = 8 * 1024;
/// Most fields of a record.
pub(crate) const FIELDS_MAX: usize = 100;

/// A record. With quoted line breaks it may span several lines of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// The line of the file in which it begins, from 1.
    pub(crate) line: usize,
    /// Its fields.
    pub(crate) fields: Vec<String>,
    /// Whether it exceeded the limits: then `fields` is only its beginning.
    pub(crate) is_cut: bool,
}

/// Iterates over the records of a table, without blank ones.
pub(crate) struct Records<'a> {
    rest: &'a [u8],
    reader: Reader,
    line: usize,
    ended: bool,
}

impl<'a> Records<'a> {
    /// The records of `text`. The separator is detected from the first line.
    pub(crate) fn new(text: &'a str) -> Self {
        let (declared, skipped) = declared_separator(text);
        let rest = text.as_bytes();
        let separator = declared.unwrap_or_else(|| detect_separator(text));
        let reader = ReaderBuilder::new().delimiter(separator).build();
        let mut records = Self { rest, reader, line: 1, ended: false };
        records.advance(skipped);
        records
    }

    /// Consumes `bytes` bytes, and counts the line ends in them (LF, CRLF or CR).
    fn advance(&mut self, bytes: usize) {
        let (read, rest) = self.rest.split_at(bytes);
        let next = |at: usize| read.get(at + 1).or(rest.first());
        let ends = |(at, byte): (usize, &u8)| *byte == b'\n' || (*byte == b'\r' && next(at) != Some(&b'\n'));
        self.line += read.iter().enumerate().filter(|place| ends(*place)).count();
        self.rest = rest;
    }

    /// Reads one record; `None` at the end.
    fn read(&mut self) -> Option<Record> {
        // Skip blank lines first, so that `line` is where the record begins.
        let blank = self.rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.advance(blank);
        let line = self.line;
        // Fixed buffers bound the memory. The reader fills them step by step, and reports when one is full.
        let (mut text, mut ends) = (vec![0; RECORD_MAX], [0; FIELDS_MAX]);
        let (mut length, mut fields, mut is_cut) = (0, 0, false);
        loop {
            // Beyond the limits: go on to the end of the record, but throw its content away.
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
                // Calling it again with no input makes the reader return `Record` or `End`.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => is_cut = true,
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        let fields = split_fields(&text[..length], &ends[..fields]);
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

/// Splits the buffer at the ends of the fields. Text after the last end is a field that was cut.
fn split_fields(text: &[u8], ends: &[usize]) -> Vec<String> {
    let mut from = 0;
    let mut fields: Vec<String> = Vec::with_capacity(ends.len());
    for end in ends.iter().copied().chain((ends.last() != Some(&text.len())).then_some(text.len())) {
        let field = text.get(from..end).unwrap_or_default();
        fields.push(String::from_utf8_lossy(field).into_owned());
        from = end;
    }
    fields
}

/// The separator that a first line such as `sep=;` declares, as some spreadsheets write it, and the length of that
/// line.
fn declared_separator(text: &str) -> (Option<u8>, usize) {
    let first = text.lines().next().unwrap_or_default();
    match first.as_bytes() {
        [b's', b'e', b'p', b'=', separator @ (b',' | b';' | b'\t')] => (Some(*separator), first.len()),
        _ => (None, 0),
    }
}

/// The separator that occurs most often in the first line, outside quotes.
fn detect_separator(text: &str) -> u8 {
    let first = text.trim_start_matches(['\r', '\n']).bytes().take(RECORD_MAX);
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in first {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ => {}
        }
        if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| *separator == byte && !quoted) {
            *count += 1;
        }
    }
    // `max_by_key` returns the last of equal counts; reversed, that is the first.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
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
    fn each_separator_and_each_line_end_is_read() {
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
    fn a_quoted_field_may_span_lines_and_the_lines_are_counted() {
        let text = "a,b\r\n\"one\r\ntwo \"\"x\"\"\",2\r\n;,\r\n3,4";
        let read = read(text);
        assert_eq!(read[1], line(2, &["one\r\ntwo \"x\"", "2"]));
        assert_eq!(read.last(), Some(&line(5, &["3", "4"])));
    }

    #[test]
    fn blank_lines_are_skipped_and_counted() {
        assert_eq!(read("\n\na,b\n,\n  \n1,2\n\n"), [line(3, &["a", "b"]), line(6, &["1", "2"])]);
    }

    #[test]
    fn a_record_that_is_too_long_does_not_affect_the_next() {
        let long = "x".repeat(3 * RECORD_MAX);
        let wide = ",".repeat(1000);
        let records: Vec<Record> = Records::new(&format!("a,b\n{long}\n1,2\nx{wide}\n3,4")).collect();
        let cut: Vec<(usize, bool)> = records.iter().map(|record| (record.line, record.is_cut)).collect();
        assert_eq!(cut, [(1, false), (2, true), (3, false), (4, true), (5, false)]);
        assert_eq!(records[4].fields, ["3", "4"]);
        assert!(records[1].fields[0].len() <= RECORD_MAX);
    }

    #[test]
    fn an_unclosed_quote_makes_one_long_record() {
        let records: Vec<Record> = Records::new(&"\"".repeat(1_000_001)).collect();
        assert_eq!(records.len(), 1);
        assert!(records[0].is_cut);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_line_numbers_increase(text in "(\\PC|[\",;\\t\\r\\n\"]){0,200}") {
            let lines: Vec<usize> = Records::new(&text).map(|record| record.line).collect();
            prop_assert!(lines.windows(2).all(|pair| pair[0] < pair[1] || text.contains('"')), "{:?}", lines);
            prop_assert!(lines.iter().all(|line| *line <= text.lines().count().max(1) + text.matches('\r').count()));
        }
    }
}
