//! Reads the fields of a message one by one, so that an impossible value takes none beside it along.

use plist::{Dictionary, Value};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The fields of a dictionary, and the names of those that said something impossible.
pub(crate) struct Fields<'a> {
    from: &'a Dictionary,
    dropped: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(from: &'a Dictionary) -> Self {
        Self { from, dropped: Vec::new() }
    }

    /// What `read` makes of the field. A field that is there and of which it makes nothing is noted.
    pub(crate) fn take<T>(&mut self, key: &'static str, read: impl FnOnce(&'a Value) -> Option<T>) -> Option<T> {
        let value = read(self.from.get(key)?);
        if value.is_none() {
            self.dropped.push(key);
        }
        value
    }

    /// A text that is not empty and has `max` bytes at most.
    pub(crate) fn text(&mut self, key: &'static str, max: usize) -> Option<String> {
        // An empty text says nothing, and is nothing impossible either.
        if self.from.get(key).and_then(Value::as_string).is_some_and(str::is_empty) {
            return None;
        }
        self.take(key, |value| value.as_string().filter(|text| text.len() <= max).map(str::to_owned))
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, key: &'static str) -> Option<bool> {
        self.take(key, Value::as_boolean)
    }

    /// A number, with or without a fraction, of which `possible` is true.
    pub(crate) fn number(&mut self, key: &'static str, possible: impl Fn(f64) -> bool) -> Option<f64> {
        self.take(key, |value| number(value).filter(|number| number.is_finite() && possible(*number)))
    }

    /// A small whole number in a range.
    pub(crate) fn whole(&mut self, key: &'static str, range: std::ops::RangeInclusive<u8>) -> Option<u8> {
        self.take(key, |value| {
            let number = value.as_unsigned_integer().and_then(|number| u8::try_from(number).ok());
            number.filter(|number| range.contains(number))
        })
    }

    /// A moment: a date, or a text in RFC 3339.
    pub(crate) fn moment(&mut self, key: &'static str) -> Option<OffsetDateTime> {
        self.take(key, |value| match value {
            Value::Date(date) => OffsetDateTime::parse(&date.to_xml_format(), &Rfc3339).ok(),
            Value::String(text) => OffsetDateTime::parse(text, &Rfc3339).ok(),
            _ => None,
        })
    }

    /// Bytes, as many as `length` allows.
    pub(crate) fn data(&mut self, key: &'static str, length: std::ops::RangeInclusive<usize>) -> Option<Vec<u8>> {
        self.take(key, |value| value.as_data().filter(|data| length.contains(&data.len())).map(<[u8]>::to_vec))
    }

    /// Notes fields that were read elsewhere.
    pub(crate) fn note(&mut self, dropped: Vec<&'static str>) {
        self.dropped.extend(dropped);
    }

    /// The names of the fields that said something impossible.
    pub(crate) fn finish(self) -> Vec<&'static str> {
        self.dropped
    }
}

/// Phones send a whole number where the schema says real.
fn number(value: &Value) -> Option<f64> {
    let whole = || value.as_signed_integer().and_then(|whole| i32::try_from(whole).ok()).map(f64::from);
    value.as_real().or_else(whole)
}

/// Adds a field.
pub(crate) fn put(to: &mut Dictionary, key: &str, value: impl Into<Value>) {
    to.insert(key.to_owned(), value.into());
}

/// Adds a field that is known.
pub(crate) fn put_some(to: &mut Dictionary, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        put(to, key, value);
    }
}

/// A moment as a date of a property list, in whole seconds.
pub(crate) fn date(moment: OffsetDateTime) -> Option<Value> {
    let text = moment.replace_nanosecond(0).ok()?.format(&Rfc3339).ok()?;
    plist::Date::from_xml_format(&text).ok().map(Value::Date)
}
