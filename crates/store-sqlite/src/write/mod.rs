//! Writing: the writer's connection, how subscribers learn of entries, and columns that are computed from others.

pub(crate) mod connection;
pub(crate) mod files;
pub(crate) mod hardware_keys;
pub(crate) mod person_columns;
pub(crate) mod publisher;
mod recompute;
pub(crate) mod slot_rows;
#[cfg(test)]
mod tests;
