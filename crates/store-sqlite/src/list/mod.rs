//! Lists: pages of rows, filtered, searched and sorted.

pub(crate) mod by_id;
mod keyset;
pub(crate) mod people;
mod person_filter;
pub(crate) mod rows;
mod slot_filter;
pub(crate) mod slots;
