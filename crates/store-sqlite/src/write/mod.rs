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

use store::sql::write::{apply::hardware, person_columns as people, slot_columns as slots};

/// What a file says of the columns that are computed from others, when all of them are up to date.
pub(crate) const COLUMN_VERSIONS: [(&str, u8); 4] = [
    (person_columns::ACCOUNTS_SETTING, people::VERSION),
    (people::SETTING, people::VERSION),
    (slots::SETTING, slots::VERSION),
    (hardware::SETTING, hardware::VERSION),
];
