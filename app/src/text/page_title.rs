//! Titles of pages.

/// The title of a page in the browser's tabs.
pub fn page_title(page: &str) -> String {
    format!("{page} · Rollcall")
}
