//! Pages of lists.

use domain::list::Page;
use serde::Serialize;
use utoipa::ToSchema;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// The rows.
    items: Vec<T>,
    /// How many rows match in all; of many, how many were counted.
    total: u64,
    /// False when more rows match than were counted.
    total_is_exact: bool,
    /// `after` of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// `before` of the previous page; absent on the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
}

impl<T> List<T> {
    /// A page with its rows as the API shows them.
    pub fn of<R>(page: Page<R>, show: impl FnMut(R) -> T) -> Self {
        let page = page.map(show);
        Self {
            items: page.rows,
            total: page.total,
            total_is_exact: page.total_is_exact,
            next: page.next,
            previous: page.previous,
        }
    }
}
