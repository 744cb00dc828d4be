//! Writing: the one writer, what a change becomes, and the columns that are computed from what stands beside them.

mod apply;
pub(crate) mod person_columns;
mod recompute;
pub(crate) mod slot_columns;
pub(crate) mod writer;
