//! The statements that only SQLite has: slots with their facets, and many contacts or reports in one.

pub(crate) mod slots;
pub(crate) mod telemetry;
