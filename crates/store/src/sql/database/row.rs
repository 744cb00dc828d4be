//! Rows of results.

use crate::{StoreError, StoreResult};
use std::fmt;
use uuid::Uuid;

/// Which column of a row.
#[derive(Clone, Copy, Debug)]
pub enum Column<'a> {
    /// The first one.
    First,
    /// The one that has a name.
    Named(&'a str),
}

impl fmt::Display for Column<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::First => f.write_str("the first column"),
            Self::Named(name) => f.write_str(name),
        }
    }
}

/// The columns of a row as an engine reads them; `None` for null.
///
/// # Errors
/// There is no such column, or it holds a value of another type.
pub trait Columns: Send + Sync {
    /// A whole number.
    fn int(&self, column: Column<'_>) -> StoreResult<Option<i64>>;
    /// A text.
    fn text(&self, column: Column<'_>) -> StoreResult<Option<&str>>;
    /// Bytes.
    fn bytes(&self, column: Column<'_>) -> StoreResult<Option<&[u8]>>;
    /// An identifier.
    fn uuid(&self, column: Column<'_>) -> StoreResult<Option<Uuid>>;
}

/// A row.
pub struct Row(Box<dyn Columns>);

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Row(…)")
    }
}

impl Row {
    /// A row of an engine.
    pub fn new(columns: impl Columns + 'static) -> Self {
        Self(Box::new(columns))
    }

    /// The value of its first column.
    pub fn first<'r, T: FromColumn<'r>>(&'r self) -> StoreResult<T> {
        T::from_column(self, Column::First)
    }
}

/// The value of a column.
pub fn get<'r, T: FromColumn<'r>>(row: &'r Row, column: &str) -> StoreResult<T> {
    T::from_column(row, Column::Named(column))
}

/// A type that columns are read as.
pub trait FromColumn<'r>: Sized {
    /// Reads it from a column.
    fn from_column(row: &'r Row, column: Column<'_>) -> StoreResult<Self>;
}

macro_rules! from_column {
    ($($type:ty: $read:ident, $value:ident => $made:expr;)+) => {
        $(impl<'r> FromColumn<'r> for Option<$type> {
            fn from_column(row: &'r Row, column: Column<'_>) -> StoreResult<Self> {
                Ok(row.0.$read(column)?.map(|$value| $made))
            }
        }

        impl<'r> FromColumn<'r> for $type {
            fn from_column(row: &'r Row, column: Column<'_>) -> StoreResult<Self> {
                Option::<$type>::from_column(row, column)?.ok_or_else(|| missing(column))
            }
        })+
    };
}

from_column! {
    i64: int, value => value;
    bool: int, value => value != 0;
    &'r str: text, value => value;
    String: text, value => value.to_owned();
    Vec<u8>: bytes, value => value.to_owned();
    Uuid: uuid, value => value;
}

impl<'r> FromColumn<'r> for u32 {
    fn from_column(row: &'r Row, column: Column<'_>) -> StoreResult<Self> {
        let value = i64::from_column(row, column)?;
        Self::try_from(value).map_err(|_| StoreError::Damaged(format!("{column} is out of range")))
    }
}

fn missing(column: Column<'_>) -> StoreError {
    StoreError::Damaged(format!("{column} has no value"))
}
