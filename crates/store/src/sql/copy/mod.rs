//! Moving an installation to another engine: which tables are copied, in which order, and how the result is compared.

mod digest;
mod pieces;
mod table;

pub use digest::{Digest, Fingerprint};
pub use pieces::Pieces;
pub use table::{CopiedColumn, CopiedTable, Kind};

use super::database::{Connection, Value};
use crate::StoreResult;
use std::borrow::Cow;

/// The tables that are copied, in an order in which no row names one that is not there yet.
pub const TABLES: [&str; 27] = [
    "settings",
    "accounts",
    "sessions",
    "reset_links",
    "api_tokens",
    "audit",
    "people",
    "invitations",
    "slots",
    "slot_docs",
    "contacts",
    "devices",
    "device_secrets",
    "device_hardware",
    "inventories",
    "telemetry",
    "commands",
    "mails",
    "journal",
    "invite_jobs",
    "invite_job_lines",
    "imports",
    "apple_authority",
    "apple_push_certs",
    "apple_challenges",
    "apple_identities",
    "apple_enrollments",
];

/// Tables that are not copied: what an engine keeps for itself, what follows from other tables, and what only concerns servers
/// that run.
pub const NOT_COPIED: [&str; 10] = [
    "_sqlx_migrations",
    "sqlite_sequence",
    "people_keys",
    "people_search",
    "slots_search",
    "slots_counted",
    // Which servers work on a database, and what they count, belongs to that one.
    "servers",
    "leases",
    "attempts",
    "schema_needs",
];

/// Columns that an engine has for itself, as table and column. They follow from others.
pub const OWN_COLUMNS: [(&str, &str); 1] = [("slots", "facets")];

/// Whether somebody thought of a table. A virtual table of SQLite brings others with longer names.
pub fn is_known(table: &str) -> bool {
    let is_part = |whole: &&str| table.strip_prefix(*whole).is_some_and(|rest| rest.starts_with('_'));
    TABLES.contains(&table)
        || NOT_COPIED.contains(&table)
        || NOT_COPIED.iter().filter(|whole| whole.ends_with("_search")).any(is_part)
}

/// Why a table was not copied.
#[derive(Debug, thiserror::Error)]
pub enum TableFault {
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unread(crate::StoreError),
    /// It cannot be written.
    #[error("it cannot be written: {0}")]
    Unwritten(crate::StoreError),
}

/// What was copied of a table.
#[derive(Clone, Copy, Debug)]
pub struct Copied {
    /// Of the rows as they were written.
    pub fingerprint: Fingerprint,
    /// Texts that were changed, since the other engine does not take them.
    pub changed: u64,
}

/// Copies a table. `storable` gives a text as the other engine takes it; `told` hears how many rows are written.
///
/// # Errors
/// A row cannot be read, or not be written.
pub async fn copy_table(
    from: &mut dyn Connection,
    to: &mut dyn Connection,
    table: &CopiedTable,
    storable: fn(&str) -> Cow<'_, str>,
    told: &mut (dyn FnMut(u64) + Send),
) -> Result<Copied, TableFault> {
    let (mut digest, mut changed) = (Digest::default(), 0);
    let mut pieces = Pieces::of(table);
    while let Some(mut rows) = pieces.next(&mut *from).await.map_err(TableFault::Unread)? {
        for row in &mut rows {
            changed += make_storable(row, storable);
            digest.add(row);
        }
        table.write(&mut *to, &rows).await.map_err(TableFault::Unwritten)?;
        told(digest.rows());
    }
    Ok(Copied { fingerprint: digest.finish(), changed })
}

/// The fingerprint of a table.
///
/// # Errors
/// It cannot be read.
pub async fn fingerprint(db: &mut dyn Connection, table: &CopiedTable) -> StoreResult<Fingerprint> {
    let mut digest = Digest::default();
    let mut pieces = Pieces::of(table);
    while let Some(rows) = pieces.next(&mut *db).await? {
        for row in &rows {
            digest.add(row);
        }
    }
    Ok(digest.finish())
}

/// Replaces the texts of a row that cannot be stored as they are, and returns how many.
fn make_storable(row: &mut [Value<'static>], storable: fn(&str) -> Cow<'_, str>) -> u64 {
    let mut changed = 0;
    for value in row {
        let Value::Text(Some(text)) = value else { continue };
        let form = match storable(text) {
            Cow::Owned(form) => form,
            Cow::Borrowed(_) => continue,
        };
        *text = Cow::Owned(form);
        changed += 1;
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_table_is_both_copied_and_left_out() {
        for table in NOT_COPIED {
            assert!(!TABLES.contains(&table), "{table}");
        }
        for table in ["people", "people_search_data", "slots_search", "sqlite_sequence"] {
            assert!(is_known(table), "{table}");
        }
        for table in ["peoples", "people_keys_new", "news"] {
            assert!(!is_known(table), "{table}");
        }
    }

    #[test]
    fn texts_that_cannot_be_stored_are_replaced_and_counted() {
        let text = |text: &'static str| Value::Text(Some(text.into()));
        let mut row = vec![text("a\0b"), Value::Int(Some(1)), Value::Text(None), text("c")];
        let changed =
            make_storable(
                &mut row,
                |text| {
                    if text.contains('\0') { text.replace('\0', "?").into() } else { text.into() }
                },
            );
        assert_eq!((changed, &row[0], &row[3]), (1, &text("a?b"), &text("c")));
    }
}
