//! Writing: the one writer, the statements of a change, and the columns that are computed from others.

mod apply;
pub(crate) mod person_columns;
mod recompute;
pub(crate) mod slot_columns;
pub(crate) mod writer;
