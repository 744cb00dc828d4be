//! Writing: the writer's connection, how subscribers learn of entries, the statements that only SQLite has, and columns that
//! are computed from others.

pub(crate) mod connection;
pub(crate) mod files;
pub(crate) mod hardware_keys;
pub(crate) mod person_columns;
pub(crate) mod publisher;
mod recompute;
pub(crate) mod slots;
pub(crate) mod telemetry;
#[cfg(test)]
mod tests;
