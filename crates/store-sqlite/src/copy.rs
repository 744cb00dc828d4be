//! A file as the source of a copy. It is read as it was in one moment, and never written: a file of an older version is copied
//! first, and the copy is brought up to date.

use crate::{BUSY_TIMEOUT, MIGRATIONS, OpenError, SqliteStore, connection::Link, fault::fault, write::COLUMN_VERSIONS};
use sqlx::{Connection as _, SqliteConnection, migrate::MigrateError, sqlite::SqliteConnectOptions};
use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};
use store::{
    Store as _, StoreError, StoreResult,
    sql::{
        database::{Connection, query},
        settings,
    },
};

/// A file that is read.
pub struct CopySource {
    snapshot: Link,
    /// The copy that is read instead of a file of an older version; last, so that it is removed when it is closed.
    _scratch: Option<Scratch>,
}

impl CopySource {
    /// Opens a file. `outdated` is told where its copy will be when it is of an older version.
    ///
    /// # Errors
    /// It cannot be read, is none of Rollcall, or belongs to a newer version.
    pub async fn open(path: &Path, outdated: impl FnOnce(&Path)) -> Result<Self, OpenError> {
        let snapshot = snapshot(path).await?;
        let mut snapshot = Link(snapshot);
        if is_up_to_date(&mut snapshot, path).await? {
            return Ok(Self { snapshot, _scratch: None });
        }
        let scratch = Scratch(beside(path, ".copying"));
        outdated(&scratch.0);
        let Link(old) = snapshot;
        scratch.fill(path, old).await?;
        SqliteStore::open(&scratch.0).await?.close().await;
        let snapshot = Link(self::snapshot(&scratch.0).await?);
        Ok(Self { snapshot, _scratch: Some(scratch) })
    }

    /// Reads it.
    pub fn connection(&mut self) -> &mut dyn Connection {
        &mut self.snapshot
    }

    /// The names of its tables.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn tables(&mut self) -> StoreResult<Vec<String>> {
        let named = query("select name from sqlite_schema where type = 'table' order by name");
        named.fetch_values(self.connection()).await
    }

    /// The columns of a table, without those that are computed when they are read.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn columns(&mut self, table: &str) -> StoreResult<BTreeSet<String>> {
        let named = query("select name from pragma_table_info($1)").bind(table);
        Ok(named.fetch_values(self.connection()).await?.into_iter().collect())
    }

    /// The highest number that was ever given out for a table that does not give one out twice; 0 for other tables.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn highest(&mut self, table: &str) -> StoreResult<i64> {
        let found = query("select seq from sqlite_sequence where name = $1").bind(table);
        Ok(found.fetch_value(self.connection()).await?.unwrap_or_default())
    }

    /// Closes it.
    pub async fn close(self) {
        // Nothing was written: an error of closing costs nothing.
        let _ = self.snapshot.0.close().await;
    }
}

/// A connection that sees the file as it is now, whoever writes it afterwards.
async fn snapshot(path: &Path) -> Result<SqliteConnection, OpenError> {
    let opened = |source| OpenError::Open { path: path.display().to_string(), source };
    let options = SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(BUSY_TIMEOUT);
    let mut db = SqliteConnection::connect_with(&options).await.map_err(opened)?;
    sqlx::query("begin").execute(&mut db).await.map_err(opened)?;
    // The moment is that of the first look.
    let tables = "select count(*) from sqlite_schema where name in ('_sqlx_migrations', 'people', 'invitations')";
    let tables: i64 = sqlx::query_scalar(tables).fetch_one(&mut db).await.map_err(opened)?;
    if tables < 3 { Err(OpenError::Foreign { path: path.display().to_string() }) } else { Ok(db) }
}

async fn is_up_to_date(db: &mut Link, path: &Path) -> Result<bool, OpenError> {
    let shown = path.display().to_string();
    let unread = |source| OpenError::Columns { path: shown.clone(), source };
    let db: &mut dyn Connection = db;
    let applied = query("select version from _sqlx_migrations").fetch_values(&mut *db).await.map_err(unread)?;
    let applied: BTreeSet<i64> = applied.into_iter().collect();
    let known: BTreeSet<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
    if let Some(newer) = applied.difference(&known).next() {
        return Err(OpenError::Migrate { path: shown, source: MigrateError::VersionMissing(*newer) });
    }
    if applied != known {
        return Ok(false);
    }
    for (setting, version) in COLUMN_VERSIONS {
        let stored = settings::find(&mut *db, setting).await.map_err(unread)?;
        if stored.is_none_or(|stored| stored != [version]) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A copy of a file, which is removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    /// Copies the file that `db` reads.
    async fn fill(&self, path: &Path, mut db: SqliteConnection) -> Result<(), OpenError> {
        // One that was left behind by a copy that was killed.
        self.remove();
        let written = copy_into(&mut db, &self.0).await;
        let _ = db.close().await;
        written.map_err(|source| OpenError::Scratch { path: path.display().to_string(), source })
    }

    fn remove(&self) {
        for end in ["", "-wal", "-shm"] {
            let path = beside(&self.0, end);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::warn!(%error, "{} cannot be removed", path.display());
                }
                _ => {}
            }
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.remove();
    }
}

async fn copy_into(db: &mut SqliteConnection, path: &Path) -> StoreResult<()> {
    let Some(path) = path.to_str() else {
        return Err(StoreError::Damaged(format!("{} is no name that SQLite can write", path.display())));
    };
    // It copies what is in the file at its beginning, and runs in no transaction.
    sqlx::query("commit").execute(&mut *db).await.map_err(fault)?;
    sqlx::query("vacuum into ?").bind(path.to_owned()).execute(db).await.map_err(fault)?;
    Ok(())
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}
