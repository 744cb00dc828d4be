//! A database as the target of a copy. Everything is written in one transaction: a copy that ends before its end leaves nothing.

mod catalog;
mod rebuilt;

use crate::{
    OpenError,
    connection::Link,
    fault::fault,
    open::{self, connect},
    servers::has_servers,
    text::storable,
};
use rebuilt::Rebuilt;
use sqlx::{AssertSqlSafe, Connection as _};
use std::collections::BTreeSet;
use store::{
    StoreError, StoreResult,
    sql::{
        copy::{self, Copied, CopiedTable, Fingerprint, TABLES, TableFault, copy_table},
        database::{Connection, query},
    },
};

/// The table that servers write at their first start. What is in it is replaced.
const SETTINGS: &str = "settings";

/// A copy may take its time: reading a piece of a slow file, building an index, waiting for the disk at the end.
const PATIENCE: [(&str, &str); 3] =
    [("idle_in_transaction_session_timeout", "10min"), ("statement_timeout", "0"), ("maintenance_work_mem", "128MB")];

/// Why nothing was copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The database cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is something in it.
    #[error(
        "the database {name} is not empty: it has {found}. Copy into an empty one, so that nothing of it is overwritten"
    )]
    NotEmpty {
        /// Which one.
        name: String,
        /// Its tables with their rows.
        found: String,
    },
    /// A server works on it.
    #[error(
        "a Rollcall server is running on the database {name}: stop it first. One that was killed counts for half a minute"
    )]
    InUse {
        /// Which one.
        name: String,
    },
    /// A table has other columns than that of the source.
    #[error("the table {table} has other columns in the file than in the database: {columns}")]
    Columns {
        /// The table.
        table: &'static str,
        /// The columns that only one of them has.
        columns: String,
    },
    /// A table could not be copied.
    #[error("nothing was copied because of the table {table}: {source}")]
    Table {
        /// The table.
        table: &'static str,
        /// What went wrong.
        source: TableFault,
    },
    /// The rows that were read are not those that are there now.
    #[error("nothing was copied because of the table {table}: its rows in the database are not those of the file")]
    Differs {
        /// The table.
        table: &'static str,
    },
    /// It failed for another reason.
    #[error("nothing was copied: {0}")]
    Failed(#[from] StoreError),
    /// It failed at the very end.
    #[error("it is not known whether everything was copied, since the end failed: {0}. Copy again: that tells")]
    Unknown(StoreError),
}

/// An empty database of PostgreSQL, which nobody else uses until the end of the copy.
pub struct CopyTarget {
    db: Link,
    tables: Vec<CopiedTable>,
    rebuilt: Rebuilt,
}

impl CopyTarget {
    /// Opens the database at an address, makes its tables, and begins to copy.
    ///
    /// # Errors
    /// It cannot be used, a server runs on it, or there is something in it.
    pub async fn open(url: &str) -> Result<Self, CopyError> {
        let (options, name) = open::prepare(url).await?;
        let opened = |source| OpenError::Open { name: name.clone(), source };
        let mut db = Link(connect(&options.options(PATIENCE)).await.map_err(opened)?);
        run(&mut db, "begin").await?;
        // Nobody reads what is not complete, and nobody writes between a look and a copy.
        run(&mut db, &format!("lock table servers, {} in access exclusive mode", TABLES.join(", "))).await?;
        if has_servers(&mut db).await? {
            return Err(CopyError::InUse { name });
        }
        let found = rows_of_tables(&mut db).await?;
        if !found.is_empty() {
            return Err(CopyError::NotEmpty { name, found: found.join(", ") });
        }
        run(&mut db, &format!("delete from {SETTINGS}")).await?;
        let tables = catalog::tables(&mut db).await?;
        let rebuilt = Rebuilt::take_apart(&mut db).await?;
        Ok(Self { db, tables, rebuilt })
    }

    /// The tables in the order in which they are copied.
    pub fn tables(&self) -> Vec<CopiedTable> {
        self.tables.clone()
    }

    /// Copies a table of which the source has these columns; `told` hears how many rows are written.
    ///
    /// # Errors
    /// It cannot be copied; then nothing is.
    pub async fn copy(
        &mut self,
        table: &CopiedTable,
        from: &mut dyn Connection,
        columns: &BTreeSet<String>,
        told: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Copied, CopyError> {
        catalog::compare(table, columns)?;
        let copied = copy_table(from, &mut self.db, table, storable, told).await;
        copied.map_err(|source| CopyError::Table { table: table.name, source })
    }

    /// Makes the numbers that the database gives out begin after those of a table, and after `highest`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn number_after(&mut self, table: &CopiedTable, highest: i64) -> Result<(), CopyError> {
        let Some(column) = catalog::numbered(&mut self.db, table.name).await? else { return Ok(()) };
        let name = table.name;
        let next = format!(
            "select setval(pg_get_serial_sequence('{name}', '{column}'), \
             greatest($1, (select coalesce(max({column}), 0) from {name})) + 1, false)"
        );
        query(next).bind(highest).execute(&mut self.db).await?;
        Ok(())
    }

    /// Builds the indexes, which takes longest when there is much.
    ///
    /// # Errors
    /// The rows do not keep the rules of the tables.
    pub async fn build_indexes(&mut self) -> Result<(), CopyError> {
        self.rebuilt.put_together(&mut self.db).await?;
        Ok(run(&mut self.db, &format!("analyze {}", TABLES.join(", "))).await?)
    }

    /// Reads a table again.
    ///
    /// # Errors
    /// It cannot be read, or has other rows than those that were copied.
    pub async fn verify(&mut self, table: &CopiedTable, copied: Fingerprint) -> Result<(), CopyError> {
        let found = copy::fingerprint(&mut self.db, table).await?;
        if found == copied { Ok(()) } else { Err(CopyError::Differs { table: table.name }) }
    }

    /// Ends the copy.
    ///
    /// # Errors
    /// Whether it is there is not known.
    pub async fn finish(mut self) -> Result<(), CopyError> {
        run(&mut self.db, "commit").await.map_err(CopyError::Unknown)?;
        // Nothing is lost by an error of closing.
        let _ = self.db.0.close().await;
        Ok(())
    }
}

/// Runs a statement of the program that may take long.
async fn run(db: &mut Link, sql: &str) -> StoreResult<()> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut db.0).await.map(drop).map_err(fault)
}

/// The tables that have rows, with their number.
async fn rows_of_tables(db: &mut Link) -> StoreResult<Vec<String>> {
    let mut found = Vec::new();
    for table in TABLES.into_iter().filter(|table| *table != SETTINGS) {
        let rows = query(format!("select count(*) from {table}")).fetch_count(db as &mut dyn Connection).await?;
        if rows > 0 {
            found.push(format!("{rows} rows in {table}"));
        }
    }
    Ok(found)
}
