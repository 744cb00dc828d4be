//! The bare loop that `cargo xtask bench devices` compares reports with: batches of rows that are as long as a heartbeat,
//! written by key into a file of their own, without HTTP and without Rollcall.
//!
//! `bare FILE ROWS BATCH MILLISECONDS` writes rows at random for that long, and prints `{"rows":…,"seconds":…}`. A file
//! that does not have `ROWS` rows yet is filled first, which does not count.

use sqlx::{
    AssertSqlSafe, Connection as _, QueryBuilder, Sqlite, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{
    env,
    error::Error,
    io::Write as _,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

/// Rows in one statement, in few sizes so that the cache of prepared statements holds all of them.
const CHUNKS: [usize; 4] = [64, 16, 4, 1];
/// Rows in one transaction while the file is filled.
const FILL: i64 = 4096;
/// A telemetry row's document, about 340 bytes.
const DOCUMENT: &str = r#"{"battery":{"level":81,"charging":false},"network":"wifi","storage":{"total_bytes":128000000000,"free_bytes":41000000000},"permissions":{"location":true,"notifications":true},"admin_active":true,"location":{"latitude":50.0755123,"longitude":14.4378123,"accuracy_m":12.0,"at":"2026-01-31T09:30:00.000Z"},"lost_mode":false,"at":1769851800000}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (line, code) = match run(&arguments).await {
        Ok(line) => (line, ExitCode::SUCCESS),
        Err(error) => (format!("bare: {error}"), ExitCode::FAILURE),
    };
    // Nobody is left to tell when the output is gone.
    let _ = writeln!(std::io::stdout(), "{line}");
    code
}

async fn run(arguments: &[String]) -> Result<String, Box<dyn Error>> {
    let [file, rows, batch, milliseconds] = arguments else {
        return Err("usage: bare FILE ROWS BATCH MILLISECONDS".into());
    };
    let (rows, batch): (i64, usize) = (rows.parse()?, batch.parse()?);
    let span = Duration::from_millis(milliseconds.parse()?);
    let mut db = open(Path::new(file)).await?;
    fill(&mut db, rows.max(1)).await?;
    let mut random = Random(0x5EED);
    let (begin, mut written) = (now(), 0);
    while begin.elapsed() < span {
        let mut keys: Vec<i64> = (0..batch.max(1)).map(|_| random.below(rows.max(1))).collect();
        // As a writer would: neighbours share pages.
        keys.sort_unstable();
        write(&mut db, &keys, written).await?;
        written += i64::try_from(keys.len())?;
    }
    let seconds = begin.elapsed().as_secs_f64();
    db.close().await?;
    Ok(format!("{{\"rows\":{written},\"seconds\":{seconds}}}"))
}

/// Opens the file as the store does.
async fn open(path: &Path) -> Result<SqliteConnection, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("wal_autocheckpoint", "4000");
    let mut db = SqliteConnection::connect_with(&options).await?;
    let table = "create table if not exists telemetry \
                 (device_key bigint primary key, at bigint not null, seq bigint not null, doc text not null)";
    sqlx::query(AssertSqlSafe(table)).execute(&mut db).await?;
    Ok(db)
}

/// Adds the rows that are missing.
async fn fill(db: &mut SqliteConnection, rows: i64) -> Result<(), sqlx::Error> {
    let mut next: i64 = sqlx::query_scalar("select count(*) from telemetry").fetch_one(&mut *db).await?;
    while next < rows {
        let end = rows.min(next + FILL);
        write(db, &(next..end).collect::<Vec<_>>(), 0).await?;
        next = end;
    }
    Ok(())
}

/// Writes a row for each key in one transaction.
async fn write(db: &mut SqliteConnection, keys: &[i64], seq: i64) -> Result<(), sqlx::Error> {
    sqlx::query("begin immediate").execute(&mut *db).await?;
    let mut left = keys;
    while !left.is_empty() {
        let size = CHUNKS.into_iter().find(|size| *size <= left.len()).unwrap_or(1);
        let (chunk, rest) = left.split_at(size);
        upsert(db, chunk, seq).await?;
        left = rest;
    }
    sqlx::query("commit").execute(&mut *db).await?;
    Ok(())
}

async fn upsert(db: &mut SqliteConnection, keys: &[i64], seq: i64) -> Result<(), sqlx::Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("insert into telemetry (device_key, at, seq, doc) ");
    sql.push_values(keys, |mut row, key| {
        row.push_bind(*key).push_bind(seq).push_bind(seq).push_bind(DOCUMENT);
    });
    sql.push(" on conflict (device_key) do update set at = excluded.at, seq = excluded.seq, doc = excluded.doc");
    sql.build().execute(db).await?;
    Ok(())
}

/// Numbers that need not be good, only spread (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 >> 1).unwrap_or_default() % end
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench measures durations")]
fn now() -> Instant {
    Instant::now()
}
