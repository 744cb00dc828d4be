//! `rollcall copy`: moves an installation from a file into a database of PostgreSQL.

use super::{CommandError, lock::ServerLock, print_line, print_note};
use crate::cli::{
    copy_args::CopyArgs,
    database::Database,
    secret::Secret,
    settings::{KEY_FILE, SettingsError},
};
use service::security::keys::Keys;
use std::{
    fmt::Display,
    path::{Path, PathBuf},
};
use store::{
    KeyEvidence,
    sql::copy::{Copied, CopiedTable, is_known},
};
use store_postgres::CopyTarget;
use store_sqlite::CopySource;

/// Rows between two lines about the progress of a table.
const TOLD_EVERY: u64 = 100_000;

/// Copies everything.
///
/// # Errors
/// One of the databases cannot be used, a server runs on it, or the target is not empty. Then the target is as it was.
pub async fn run(args: CopyArgs) -> Result<(), CommandError> {
    let (from, to) = (source_file(&args.from)?, target_url(&args.to)?);
    if !from.is_file() {
        return Err(CommandError::Failed(format!("there is no file {}", from.display())));
    }
    // What is written beside the file has all of its secrets in it.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let _lock = ServerLock::take_file(&from)?;
    let mut target = CopyTarget::open(to.expose()).await.map_err(failed)?;
    let mut source = CopySource::open(&from, |copy| {
        print_note(&format!(
            "{} is of an older version and stays so: {} is brought up to date, copied and removed.",
            from.display(),
            copy.display()
        ));
    })
    .await
    .map_err(failed)?;
    check_tables(&mut source).await?;
    let copied = copy_all(&mut source, &mut target).await?;
    source.close().await;
    for (table, copied) in &copied {
        print_note(&format!("Comparing {} …", table.name));
        target.verify(table, copied.fingerprint).await.map_err(failed)?;
    }
    target.finish().await.map_err(failed)?;
    print_result(&copied);
    print_key(&from, &to).await
}

/// A table that nobody thought of would be left behind in silence.
async fn check_tables(source: &mut CopySource) -> Result<(), CommandError> {
    let tables = source.tables().await.map_err(failed)?;
    match tables.iter().find(|table| !is_known(table)) {
        Some(table) => Err(CommandError::Failed(format!("the file has a table {table} that cannot be copied"))),
        None => Ok(()),
    }
}

async fn copy_all(
    source: &mut CopySource,
    target: &mut CopyTarget,
) -> Result<Vec<(CopiedTable, Copied)>, CommandError> {
    let mut all = Vec::new();
    for table in target.tables() {
        print_note(&format!("Copying {} …", table.name));
        let columns = source.columns(table.name).await.map_err(failed)?;
        let highest = source.highest(table.name).await.map_err(failed)?;
        let mut told = Told { table: table.name, next: TOLD_EVERY };
        let copied = target.copy(&table, source.connection(), &columns, &mut |rows| told.hear(rows)).await;
        let copied = copied.map_err(failed)?;
        target.number_after(&table, highest).await.map_err(failed)?;
        if copied.changed > 0 {
            print_note(&format!(
                "Texts in {} with characters NUL, which PostgreSQL does not take: {}. Each such character became �.",
                table.name, copied.changed
            ));
        }
        all.push((table, copied));
    }
    print_note("Building indexes …");
    target.build_indexes().await.map_err(failed)?;
    Ok(all)
}

/// Tells now and then how many rows of a table are copied.
struct Told {
    table: &'static str,
    next: u64,
}

impl Told {
    fn hear(&mut self, rows: u64) {
        if rows >= self.next {
            print_note(&format!("Copying {}: {rows} rows …", self.table));
            self.next = rows - rows % TOLD_EVERY + TOLD_EVERY;
        }
    }
}

fn print_result(copied: &[(CopiedTable, Copied)]) {
    print_line(&format!("{:<18} {:>10}  hash of file and database", "table", "rows"));
    for (table, Copied { fingerprint, .. }) in copied {
        print_line(&format!("{:<18} {:>10}  {fingerprint:.16}", table.name, fingerprint.rows));
    }
}

/// Says which key the database needs.
async fn print_key(from: &Path, to: &Secret) -> Result<(), CommandError> {
    let evidence = store_postgres::key_evidence(to.expose()).await.map_err(failed)?;
    print_line(&format!(
        "\nEverything is in the database. Start the server with --database and {}. Do not start it on {} any more.",
        key_in_words(from, &evidence),
        from.display()
    ));
    Ok(())
}

fn key_in_words(from: &Path, evidence: &KeyEvidence) -> String {
    let path = from.with_file_name(KEY_FILE);
    match Keys::load(&path) {
        Ok(keys) if keys.fit(evidence) => {
            format!("a data folder that has this key, without which it is worthless: {}", path.display())
        }
        _ => format!("a data folder that has the {KEY_FILE} it had until now, without which it is worthless"),
    }
}

/// The file of `sqlite:PATH` or of a bare path.
fn source_file(from: &str) -> Result<PathBuf, SettingsError> {
    let text: Secret = from.parse().map_err(|_| SettingsError::CopyFrom)?;
    match Database::from_url(&text) {
        Some(Database::Sqlite(path)) => Ok(path),
        Some(Database::Postgres(_)) => Err(SettingsError::CopyFrom),
        None if from.is_empty() || from.contains("://") || from.starts_with("sqlite:") => Err(SettingsError::CopyFrom),
        None => Ok(PathBuf::from(from)),
    }
}

fn target_url(to: &Secret) -> Result<Secret, SettingsError> {
    match Database::from_url(to) {
        Some(Database::Postgres(url)) => Ok(url),
        _ => Err(SettingsError::CopyTo),
    }
}

fn failed(error: impl Display) -> CommandError {
    CommandError::Failed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_a_file_and_the_target_is_not() {
        for from in ["/var/lib/r.db", "r.db", "sqlite:r.db", "sqlite:///var/lib/r.db"] {
            assert!(source_file(from).is_ok(), "{from}");
        }
        for from in ["", "sqlite:", "sqlite::memory:", "postgres://h/r", "https://h/r.db"] {
            assert_eq!(source_file(from), Err(SettingsError::CopyFrom), "{from}");
        }
        for to in ["r.db", "sqlite:r.db", ""] {
            assert_eq!(target_url(&to.parse().unwrap()).err(), Some(SettingsError::CopyTo), "{to}");
        }
        assert!(target_url(&"postgres://ada:hunter2@h/r".parse().unwrap()).is_ok());
    }
}
