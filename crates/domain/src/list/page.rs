//! Pages: what a query returns.

use super::Cursor;
use serde::{Deserialize, Serialize};

/// Rows that are counted at most; beyond that a page only reports that there are more.
pub const COUNTED_MAX: u64 = 10_000;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many rows match in all, or were counted.
    pub total: u64,
    /// False when there are more than `total` ("10,000+"): counting stops at [`COUNTED_MAX`], and sooner where rows
    /// would have to be read for it.
    pub total_is_exact: bool,
    /// Where the next page starts (`after`); `None` on the last page.
    pub next: Option<Cursor>,
    /// Where the previous page ends (`before`); `None` on the first page.
    pub previous: Option<Cursor>,
}

impl<T> Page<T> {
    /// The same page with other rows.
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(convert).collect(),
            total: self.total,
            total_is_exact: self.total_is_exact,
            next: self.next,
            previous: self.previous,
        }
    }
}
