//! Statements with the values that they take.

use super::{Connection, FromColumn, Row, Source};
use crate::StoreResult;
use domain::Timestamp;
use std::borrow::Cow;
use uuid::Uuid;

/// A value of a statement. Each may be absent: `null` has a type, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'q> {
    /// A whole number.
    Int(Option<i64>),
    /// A text.
    Text(Option<Cow<'q, str>>),
    /// Bytes.
    Bytes(Option<Cow<'q, [u8]>>),
    /// An identifier.
    Uuid(Option<Uuid>),
}

macro_rules! value_from {
    ($($source:ty, $value:ident => $variant:ident($made:expr);)+) => {
        $(impl<'q> From<$source> for Value<'q> {
            fn from($value: $source) -> Self {
                Self::$variant(Some($made))
            }
        }

        impl<'q> From<Option<$source>> for Value<'q> {
            fn from(value: Option<$source>) -> Self {
                Self::$variant(value.map(|$value| $made))
            }
        })+
    };
}

value_from! {
    i64, value => Int(value);
    u32, value => Int(value.into());
    u8, value => Int(value.into());
    bool, value => Int(value.into());
    Timestamp, value => Int(value.as_millis());
    String, value => Text(Cow::Owned(value));
    &'q String, value => Text(Cow::Borrowed(value.as_str()));
    &'q str, value => Text(Cow::Borrowed(value));
    Vec<u8>, value => Bytes(Cow::Owned(value));
    &'q Vec<u8>, value => Bytes(Cow::Borrowed(value.as_slice()));
    &'q [u8], value => Bytes(Cow::Borrowed(value));
    Uuid, value => Uuid(value);
}

/// A statement: text with `$1`, `$2`, …, and their values.
#[derive(Clone, Debug)]
pub struct Statement<'q> {
    text: Cow<'static, str>,
    values: Vec<Value<'q>>,
    is_kept: bool,
}

/// A statement whose values are bound next.
pub fn query<'q>(text: impl Into<Cow<'static, str>>) -> Statement<'q> {
    Statement::new(text, Vec::new())
}

impl<'q> Statement<'q> {
    /// A statement with its values.
    pub fn new(text: impl Into<Cow<'static, str>>, values: Vec<Value<'q>>) -> Self {
        Self { text: text.into(), values, is_kept: true }
    }

    /// Binds the next value.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value<'q>>) -> Self {
        self.values.push(value.into());
        self
    }

    /// One that is put together for its values: the engine plans it for these, and does not keep it for the next time.
    #[must_use]
    pub fn once(mut self) -> Self {
        self.is_kept = false;
        self
    }

    /// Appends text.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Appends a value.
    pub fn push_bind(&mut self, value: impl Into<Value<'q>>) -> &mut Self {
        self.values.push(value.into());
        let place = format!("${}", self.values.len());
        self.push(&place)
    }

    /// Appends values in parentheses, as `in` takes them. Without any, the list holds nothing but null.
    pub fn push_list<T: Into<Value<'q>>>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Self {
        let mut separator = "(";
        for value in values {
            self.push(separator).push_bind(value);
            separator = ", ";
        }
        self.push(if separator == "(" { "(null)" } else { ")" })
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is worth keeping for the next time.
    pub fn is_kept(&self) -> bool {
        self.is_kept
    }

    /// Its text and its values.
    pub fn into_parts(self) -> (Cow<'static, str>, Vec<Value<'q>>) {
        (self.text, self.values)
    }

    /// Its rows.
    pub async fn fetch_all(self, source: impl Source) -> StoreResult<Vec<Row>> {
        source.rows(self).await
    }

    /// Its row, if it has one.
    pub async fn fetch_optional(self, source: impl Source) -> StoreResult<Option<Row>> {
        Ok(source.rows(self).await?.into_iter().next())
    }

    /// The first column of its rows.
    pub async fn fetch_values<T: for<'r> FromColumn<'r>>(self, source: impl Source) -> StoreResult<Vec<T>> {
        source.rows(self).await?.iter().map(Row::first).collect()
    }

    /// The first column of its row, if it has one.
    pub async fn fetch_value<T: for<'r> FromColumn<'r>>(self, source: impl Source) -> StoreResult<Option<T>> {
        source.rows(self).await?.first().map(Row::first).transpose()
    }

    /// The number in the first column of its row: a count.
    pub async fn fetch_count(self, source: impl Source) -> StoreResult<u64> {
        Ok(self.fetch_value::<i64>(source).await?.unwrap_or_default().unsigned_abs())
    }

    /// Writes, and returns how many rows.
    pub async fn execute(self, db: &mut (dyn Connection + '_)) -> StoreResult<u64> {
        db.run(self).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_as_they_are_appended() {
        let mut sql = query("select 1 from t where a in ");
        sql.push_list([1_i64, 2]).push(" and b = ").push_bind("x");
        assert_eq!(sql.text(), "select 1 from t where a in ($1, $2) and b = $3");
        let (_, values) = sql.into_parts();
        assert_eq!(values[2], Value::Text(Some("x".into())));
        let mut none = query("select 1 from t where a in ");
        none.push_list(Vec::<Uuid>::new());
        assert_eq!(none.text(), "select 1 from t where a in (null)");
    }
}
