//! How rows of lists are found in SQLite: texts by the full-text index, and the pages of the Mobile devices view. A page of few
//! matching rows is collected and sorted, a page of many is read along an index.

pub(crate) mod slots;
pub(crate) mod text;
