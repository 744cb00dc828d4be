//! Opening a database.

use crate::{
    PostgresStore, connection::Link, fault::fault, publisher::RelayPublisher, readers::PostgresReaders, recompute,
    relay::Relay, writing::PostgresWriting,
};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};
use std::{io, str::FromStr as _, time::Duration};
use store::{
    StoreError,
    sql::write::{readiness::Readiness, writer::Writer},
};
use tokio::time::timeout;

/// Longest time for opening a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// Connections for reading.
const READERS: u32 = 8;
/// Connections for reading lists.
const LISTS: u32 = 4;
/// Jobs and reports in one transaction at most.
const BATCH: usize = 512;

/// What every connection asks of PostgreSQL: a transaction that does nothing keeps others from the journal no longer than
/// this, and nobody waits for a lock longer than that.
const SETTINGS: [(&str, &str); 5] = [
    ("idle_in_transaction_session_timeout", "10s"),
    ("lock_timeout", "5s"),
    ("statement_timeout", "25s"),
    ("jit", "off"),
    // Connections are kept, and what is between may forget those on which nothing is said.
    ("tcp_keepalives_idle", "60"),
];

/// What connections for lists ask in addition: how many rows match is counted before, and the planner's guesses of it would
/// make it read the whole table where an index finds few rows.
const LIST_SETTINGS: [(&str, &str); 2] = [("enable_seqscan", "off"), ("max_parallel_workers_per_gather", "0")];

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its address cannot be read.
    #[error("the address of the database cannot be read: {0}")]
    Address(sqlx::Error),
    /// It cannot be reached.
    #[error("the database {name} cannot be opened: {source}")]
    Open {
        /// Which one.
        name: String,
        /// The error of PostgreSQL or of the driver.
        source: sqlx::Error,
    },
    /// Its texts are not UTF-8.
    #[error("the database {name} has the encoding {encoding}; it has to be made with UTF8")]
    Encoding {
        /// Which one.
        name: String,
        /// Its encoding.
        encoding: String,
    },
    /// Its tables cannot be brought up to date.
    #[error("the database {name} cannot be brought up to date: {source}")]
    Migrate {
        /// Which one.
        name: String,
        /// What went wrong.
        source: sqlx::migrate::MigrateError,
    },
    /// Its tables have changed so much that this version cannot work on them.
    #[error("the database {name} belongs to a newer version of Rollcall: upgrade this one")]
    Newer {
        /// Which one.
        name: String,
    },
    /// Searches would not find names in other scripts than Latin without accents.
    #[error(
        "the database {name} knows no letters but those of English (LC_CTYPE {ctype}), so that nobody else would be found; \
         it has to be made with a locale such as C.UTF-8: create database … template template0 encoding 'UTF8' locale 'C.UTF-8'"
    )]
    Letters {
        /// Which one.
        name: String,
        /// Its locale for letters.
        ctype: String,
    },
    /// It cannot be read.
    #[error("the database {name} cannot be read: {source}")]
    Read {
        /// Which one.
        name: String,
        /// What went wrong.
        source: StoreError,
    },
}

impl PostgresStore {
    /// Opens the database at an address such as `postgres://rollcall@localhost/rollcall`, and brings its tables up to date.
    /// Several servers may do so at once.
    ///
    /// # Errors
    /// It cannot be reached, its texts are not UTF-8, or it belongs to a newer version.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let (options, name) = prepare(url).await?;
        let opened = |source| OpenError::Open { name: name.clone(), source };
        let mut db = Link(connect(&options).await.map_err(opened)?);
        let unread = |source| OpenError::Read { name: name.clone(), source };
        recompute::bring_up_to_date(&mut db).await.map_err(unread)?;
        let Link(mut db) = db;
        let head = sqlx::query_scalar("select coalesce(max(seq), 0) from journal").fetch_one(&mut db).await;
        let head = head.map_err(fault).map_err(unread)?;
        let readers = PostgresReaders::new(options.clone(), READERS);
        let lists = PostgresReaders::new(options.clone().options(LIST_SETTINGS), LISTS);
        let relay = Relay::start(readers.clone(), options.clone(), head);
        relay.begin_to_hear().await;
        let publisher = Box::new(RelayPublisher::new(relay.clone()));
        let writer = Writer::spawn(Box::new(PostgresWriting::new(options)), publisher, BATCH);
        let writer = writer.map_err(|error| opened(sqlx::Error::Io(error)))?;
        // Nothing is lost by an error of closing.
        let _ = db.close().await;
        Ok(Self { readers, lists, writer, relay, readiness: Readiness::default() })
    }
}

/// Checks the database at an address, brings its tables up to date, and returns how it is reached and called.
pub(crate) async fn prepare(url: &str) -> Result<(PgConnectOptions, String), OpenError> {
    let (options, name) = address(url)?;
    let opened = |source| OpenError::Open { name: name.clone(), source };
    let mut db = connect(&options).await.map_err(opened)?;
    check_encoding(&mut db, &name).await?;
    migrate(&options, &name).await?;
    check_letters(&mut db, &name).await?;
    // Nothing is lost by an error of closing.
    let _ = db.close().await;
    Ok((options, name))
}

/// Opens a connection. A way that ends nowhere shows by nothing but silence.
///
/// # Errors
/// There is none within [`CONNECT`].
pub(crate) async fn connect(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    let late = || Err(sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, "no connection in time")));
    timeout(CONNECT, PgConnection::connect_with(options)).await.unwrap_or_else(|_| late())
}

/// How a database is reached, and how it is called in messages: without its password.
pub(crate) fn address(url: &str) -> Result<(PgConnectOptions, String), OpenError> {
    let options = PgConnectOptions::from_str(url).map_err(OpenError::Address)?;
    let options = options.application_name("rollcall").options(SETTINGS);
    let place = options.get_socket().map_or_else(|| options.get_host().to_owned(), |path| path.display().to_string());
    let database = options.get_database().unwrap_or(options.get_username());
    let name = format!("{database} on {place}:{}", options.get_port());
    Ok((options, name))
}

/// Brings the tables up to date, one server at a time. Building an index may take its time.
async fn migrate(options: &PgConnectOptions, name: &str) -> Result<(), OpenError> {
    let patient = options.clone().options([("statement_timeout", "0"), ("lock_timeout", "0")]);
    let opened = |source| OpenError::Open { name: name.to_owned(), source };
    let mut migrations = sqlx::migrate!("../../migrations/postgres");
    // Those of a newer version, which adds something during an upgrade.
    migrations.set_ignore_missing(true);
    let mut db = connect(&patient).await.map_err(opened)?;
    let known = migrations.iter().map(|migration| migration.version).max().unwrap_or(0);
    let done = match needed(&mut db).await.map_err(opened)? {
        needed if needed > known => Err(OpenError::Newer { name: name.to_owned() }),
        _ => migrations.run(&mut db).await.map_err(|source| OpenError::Migrate { name: name.to_owned(), source }),
    };
    // Nothing is lost by an error of closing.
    let _ = db.close().await;
    done
}

/// The lowest migration that a program has to know; 0 where there are no tables yet.
async fn needed(db: &mut PgConnection) -> Result<i64, sqlx::Error> {
    let is_there = sqlx::query_scalar("select to_regclass('schema_needs') is not null").fetch_one(&mut *db).await?;
    if is_there { sqlx::query_scalar("select migration from schema_needs").fetch_one(db).await } else { Ok(0) }
}

async fn check_encoding(db: &mut PgConnection, name: &str) -> Result<(), OpenError> {
    let opened = |source| OpenError::Open { name: name.to_owned(), source };
    let encoding: String =
        sqlx::query_scalar("select current_setting('server_encoding')").fetch_one(db).await.map_err(opened)?;
    if encoding == "UTF8" { Ok(()) } else { Err(OpenError::Encoding { name: name.to_owned(), encoding }) }
}

/// Whether the index of texts sees other letters than those of English.
async fn check_letters(db: &mut PgConnection, name: &str) -> Result<(), OpenError> {
    let opened = |source| OpenError::Open { name: name.to_owned(), source };
    let knows_letters: bool =
        sqlx::query_scalar("select cardinality(show_trgm('陈伟明')) > 0").fetch_one(&mut *db).await.map_err(opened)?;
    if knows_letters {
        return Ok(());
    }
    let ctype: String = sqlx::query_scalar("select datctype::text from pg_database where datname = current_database()")
        .fetch_one(db)
        .await
        .map_err(opened)?;
    Err(OpenError::Letters { name: name.to_owned(), ctype })
}
