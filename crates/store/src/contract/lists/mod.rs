//! Lists, page by page.

pub mod pages;
pub mod person_pages;
mod sample_rows;
pub mod slot_pages;
