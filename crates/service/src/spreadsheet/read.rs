//! Reads CSV record by record, in bounded memory, however hostile the file. A record that is too long is returned cut
//! and marked as such; the next one is read as usual.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Longest record, in bytes of UTF-8: directories export a hundred attributes of each person.
pub(crate) const RECORD_MAX: usize = 64 * 1024;
/// Most fields of a record.
pub(crate) const FIELDS_MAX: usize = 1000;
/// The separators, those that are chosen first at the beginning.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A record. With quoted line breaks it may span several lines of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// The line of the file in which it begins, from 1.
    pub(crate) line: usize,
    /// Its fields.
    pub(crate) fields: Vec<String>,
    /// Whether it exceeded the limits: then `fields` is only its beginning.
    pub(crate) is_cut: bool,
    /// Whether a quotation mark in it is never closed, and all that follows stands in it.
    pub(crate) is_open: bool,
    /// Where it begins and ends, in bytes.
    place: (usize, usize),
}

/// Iterates over the records of a table, without blank ones.
pub(crate) struct Records<'a> {
    text: &'a str,
    rest: &'a [u8],
    separator: u8,
    reader: Reader,
    line: usize,
    ended: bool,
    /// How many bytes may still be read a second time.
    rereads: usize,
    /// Where the reader writes a record, and where its fields end there.
    buffers: (Vec<u8>, Vec<usize>),
}

impl<'a> Records<'a> {
    /// The records of `text`. The separator is the one that a first line such as `sep=;` declares, or else the one with
    /// which `is_heading` finds the headings among the first lines, or else the most frequent one in the first line.
    pub(crate) fn new(text: &'a str, is_heading: impl Fn(&Record, Option<&Record>) -> bool) -> Self {
        let (declared, skipped) = declared_separator(text);
        let with = |separator: u8| {
            let mut records = Self {
                text,
                rest: text.as_bytes(),
                separator,
                reader: ReaderBuilder::new().delimiter(separator).build(),
                line: 1,
                ended: false,
                rereads: 4 * text.len(),
                buffers: (vec![0; RECORD_MAX], vec![0; FIELDS_MAX]),
            };
            records.advance(skipped);
            records
        };
        // How many fields the headings have with a separator; 0 when there are none.
        let fields = |separator: &u8| {
            let first: Vec<Record> = with(*separator).take(HEADING_LINES).collect();
            let heading = (0..first.len()).find(|at| is_heading(&first[*at], first.get(at + 1)));
            heading.map_or(0, |at| first[at].fields.len())
        };
        let found = || SEPARATORS.iter().rev().map(|separator| (fields(separator), *separator)).max_by_key(|(n, _)| *n);
        let found = || found().filter(|(fields, _)| *fields > 0).map(|(_, separator)| separator);
        with(declared.or_else(found).unwrap_or_else(|| detect_separator(text)))
    }

    /// Reads again from the second line of a record that spans several, since a quotation mark in the first one was taken
    /// for the beginning of a long field. False when it has one line, or when the file makes it read too much again.
    pub(crate) fn reread_from_second_line(&mut self, record: &Record) -> bool {
        let (from, to) = record.place;
        let read = &self.text.as_bytes()[from..to];
        let Some(end) = read.iter().position(|byte| matches!(byte, b'\r' | b'\n')) else { return false };
        let end = if read[end] == b'\r' && read.get(end + 1) == Some(&b'\n') { end + 2 } else { end + 1 };
        if end >= read.len() || read.len() > self.rereads {
            return false;
        }
        self.rereads -= read.len();
        self.restart_at(record);
        self.advance(end);
        true
    }

    /// Goes on with a record that was read before.
    pub(crate) fn restart_at(&mut self, record: &Record) {
        self.rest = &self.text.as_bytes()[record.place.0..];
        self.reader = ReaderBuilder::new().delimiter(self.separator).build();
        (self.line, self.ended) = (record.line, false);
    }

    /// Goes on behind a record that was read before.
    pub(crate) fn continue_behind(&mut self, record: &Record) {
        self.restart_at(record);
        self.advance(record.place.1 - record.place.0);
    }

    /// The first line of a record, and those behind it, as they stand in the file.
    pub(crate) fn lines_of(&self, record: &Record) -> (&'a str, &'a str) {
        let raw = self.text.get(record.place.0..record.place.1).unwrap_or_default().trim_end();
        raw.split_once(['\r', '\n']).unwrap_or((raw, ""))
    }

    /// Consumes `bytes` bytes, and counts the line ends in them (LF, CRLF or CR).
    fn advance(&mut self, bytes: usize) {
        let (read, rest) = self.rest.split_at(bytes);
        let next = |at: usize| read.get(at + 1).or(rest.first());
        let ends = |(at, byte): (usize, &u8)| *byte == b'\n' || (*byte == b'\r' && next(at) != Some(&b'\n'));
        self.line += read.iter().enumerate().filter(|place| ends(*place)).count();
        self.rest = rest;
    }

    /// How many bytes were consumed.
    fn offset(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    /// Reads one record; `None` at the end.
    fn read(&mut self) -> Option<Record> {
        // Skip blank lines first, so that `line` is where the record begins.
        let blank = self.rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.advance(blank);
        let (line, from) = (self.line, self.offset());
        // Fixed buffers bound the memory. The reader fills them step by step, and reports when one is full.
        let (mut text, mut ends) = std::mem::take(&mut self.buffers);
        let (mut length, mut fields, mut is_cut) = (0, 0, false);
        let is_last = loop {
            // Beyond the limits: go on to the end of the record, but throw its content away.
            let (result, read, written, ended) = if is_cut {
                self.reader.read_record(self.rest, &mut [0; 1024], &mut [0; 128])
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
                ReadRecordResult::Record => break false,
                ReadRecordResult::End => break true,
            }
        };
        let cells = split_fields(&text[..length], &ends[..fields]);
        self.buffers = (text, ends);
        if is_last {
            return None;
        }
        let place = (from, self.offset());
        // Marks come in pairs; only at the end of the file can one be left.
        let marks = || self.text[from..place.1].matches('"').count();
        let spans_lines = is_cut || cells.iter().any(|cell| cell.contains(['\r', '\n']));
        let is_open = self.rest.is_empty() && spans_lines && marks() % 2 == 1;
        Some(Record { line, fields: cells, is_cut, is_open, place })
    }
}

/// Lines at the beginning of a file that are looked at for the headings; some files begin with a title.
pub(crate) const HEADING_LINES: usize = 10;

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
/// line. Others put it in quotation marks or write it in capitals.
fn declared_separator(text: &str) -> (Option<u8>, usize) {
    let first = text.split(['\r', '\n']).next().unwrap_or_default();
    let declared = first.trim_end_matches(' ').trim_matches('"');
    match declared.as_bytes() {
        [name @ .., b'=', separator] if name.eq_ignore_ascii_case(b"sep") && SEPARATORS.contains(separator) => {
            (Some(*separator), first.len())
        }
        _ => (None, 0),
    }
}

/// The separator that occurs most often in the first line, outside quotes.
fn detect_separator(text: &str) -> u8 {
    let first = text.trim_start_matches(['\r', '\n']).bytes().take(RECORD_MAX);
    let mut counts = SEPARATORS.map(|separator| (separator, 0));
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

    fn records(text: &str) -> Records<'_> {
        Records::new(text, |record, _| record.fields.iter().any(|field| field == "mail"))
    }

    fn read(text: &str) -> Vec<(usize, Vec<String>)> {
        records(text).map(|record| (record.line, record.fields)).collect()
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
        for declared in ["sep=;", "SEP=;", "\"sep=;\""] {
            assert_eq!(read(&format!("{declared}\r\na,b;c\r\n")), [line(2, &["a,b", "c"])], "{declared}");
        }
        assert_eq!(
            read("People, all of them, 2026\nname;mail"),
            [line(1, &["People, all of them, 2026"]), line(2, &["name", "mail"])]
        );
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
        let wide = ",".repeat(FIELDS_MAX);
        let records: Vec<Record> = records(&format!("a,b\n{long}\n1,2\nx{wide}\n3,4")).collect();
        let cut: Vec<(usize, bool)> = records.iter().map(|record| (record.line, record.is_cut)).collect();
        assert_eq!(cut, [(1, false), (2, true), (3, false), (4, true), (5, false)]);
        assert_eq!(records[4].fields, ["3", "4"]);
        assert!(records[1].fields[0].len() <= RECORD_MAX);
    }

    #[test]
    fn the_lines_that_an_unclosed_quote_swallows_can_be_read_again() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["name,mail", "\"Eva,e@x.org", "Ole,o@x.org", "Bo,b@x.org"].join(end);
            let mut records = records(&text);
            let swallowing = records.by_ref().nth(1).unwrap();
            assert!(swallowing.is_open);
            let (first, behind) = records.lines_of(&swallowing);
            assert_eq!((first, behind.trim_start()), ("\"Eva,e@x.org", &*["Ole,o@x.org", "Bo,b@x.org"].join(end)));
            assert!(records.reread_from_second_line(&swallowing));
            let rest: Vec<_> = records.map(|record| (record.line, record.fields)).collect();
            assert_eq!(rest, [line(3, &["Ole", "o@x.org"]), line(4, &["Bo", "b@x.org"])], "{end:?}");
        }
    }

    #[test]
    fn a_record_of_one_line_is_not_read_again() {
        let mut records = records("name,mail\nEva,e@x.org\n");
        let last = records.by_ref().nth(1).unwrap();
        assert!(!records.reread_from_second_line(&last));
    }

    #[test]
    fn a_mark_too_many_inside_the_file_leaves_nothing_open() {
        let read: Vec<Record> = records("name,mail\n\"a\nb\"c\",x\nd,e").collect();
        assert!(read[1].fields[0].contains('\n') && read.iter().all(|record| !record.is_open));
    }

    #[test]
    fn only_a_known_separator_is_declared_and_only_by_that_word() {
        for (first, declared) in [
            ("sep=;", Some(b';')),
            ("Sep=|", Some(b'|')),
            ("sep=:", None),
            ("sep=x", None),
            ("fee=;", None),
            ("=;", None),
        ] {
            assert_eq!(declared_separator(&format!("{first}\nname;mail")).0, declared, "{first}");
        }
    }

    #[test]
    fn separators_count_in_the_first_line_outside_quotes() {
        for (text, separator) in
            [("\"a;b;c;d\",e,f\n", b','), ("\"a\n,,,,\";b\n", b';'), ("a,b\n;;;;;;", b','), ("a;b,c;d\n", b';')]
        {
            assert_eq!(detect_separator(text), separator, "{text:?}");
        }
    }

    #[test]
    fn a_file_cannot_make_the_reader_read_it_again_and_again() {
        let text = format!("name,mail\n{}", "\"a\"\"\n".repeat(2000));
        let mut records = records(&text);
        let (mut read, mut count) = (0, 0);
        while let Some(record) = records.next() {
            read += record.place.1 - record.place.0;
            count += usize::from(records.reread_from_second_line(&record));
        }
        assert!(count > 2 && read <= 6 * text.len(), "{count} {read}");
    }

    #[test]
    fn an_unclosed_quote_makes_one_long_record() {
        let records: Vec<Record> = records(&"\"".repeat(1_000_001)).collect();
        assert_eq!(records.len(), 1);
        assert!(records[0].is_cut);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_line_numbers_increase(text in "(\\PC|[\",;\\t\\r\\n\"]){0,200}") {
            let lines: Vec<usize> = records(&text).map(|record| record.line).collect();
            prop_assert!(lines.windows(2).all(|pair| pair[0] < pair[1] || text.contains('"')), "{:?}", lines);
            prop_assert!(lines.iter().all(|line| *line <= text.lines().count().max(1) + text.matches('\r').count()));
        }
    }
}
