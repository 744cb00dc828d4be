//! The bare loops that `cargo xtask bench devices` compares reports with, for every engine: batches of rows that are as long as
//! a heartbeat, written by key into a table of their own, without HTTP and without Rollcall.
//!
//! `BARE_DATABASE=DATABASE PROGRAM ROWS BATCH MILLISECONDS` writes rows at random for that long, and prints `{"rows":…,"seconds":…}`. A
//! table that does not have `ROWS` rows yet is filled first, which does not count.

use std::{
    env,
    error::Error,
    io::Write as _,
    process::ExitCode,
    time::{Duration, Instant},
};

/// Rows in one transaction while the table is filled.
const FILL: i64 = 4096;
/// A telemetry row's document, about 340 bytes.
pub const DOCUMENT: &str = r#"{"battery":{"level":81,"charging":false},"network":"wifi","storage":{"total_bytes":128000000000,"free_bytes":41000000000},"permissions":{"location":true,"notifications":true},"admin_active":true,"location":{"latitude":50.0755123,"longitude":14.4378123,"accuracy_m":12.0,"at":"2026-01-31T09:30:00.000Z"},"lost_mode":false,"at":1769851800000}"#;
/// The table, whose rows are as those of telemetry.
pub const TABLE: &str = "create table if not exists telemetry \
    (device_key bigint primary key, at bigint not null, seq bigint not null, doc text not null)";
/// How many rows there are.
pub const COUNT: &str = "select count(*) from telemetry";

/// A database with one table.
pub trait Rows: Sized {
    /// Opens it as the store does, and makes the table.
    async fn open(database: &str) -> Result<Self, sqlx::Error>;
    /// How many rows there are.
    async fn count(&mut self) -> Result<i64, sqlx::Error>;
    /// Writes a row for each key in one transaction, as the store would. No key comes twice.
    async fn write(&mut self, keys: &[i64], seq: i64) -> Result<(), sqlx::Error>;
    /// Closes it.
    async fn close(self) -> Result<(), sqlx::Error>;
}

/// The program.
pub async fn main<R: Rows>() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (line, code) = match run::<R>(&arguments).await {
        Ok(line) => (line, ExitCode::SUCCESS),
        Err(error) => (format!("bare: {error}"), ExitCode::FAILURE),
    };
    // Nobody is left to tell when the output is gone.
    let _ = writeln!(std::io::stdout(), "{line}");
    code
}

async fn run<R: Rows>(arguments: &[String]) -> Result<String, Box<dyn Error>> {
    let (Ok(database), [rows, batch, milliseconds]) = (env::var("BARE_DATABASE"), arguments) else {
        return Err("usage: BARE_DATABASE=DATABASE bare ROWS BATCH MILLISECONDS".into());
    };
    let (rows, batch): (i64, usize) = (rows.parse()?, batch.parse()?);
    let span = Duration::from_millis(milliseconds.parse()?);
    let mut db = R::open(&database).await?;
    fill(&mut db, rows.max(1)).await?;
    let mut random = Random(0x5EED);
    let (begin, mut written) = (now(), 0);
    while begin.elapsed() < span {
        let mut keys: Vec<i64> = (0..batch.max(1)).map(|_| random.below(rows.max(1))).collect();
        // As a writer would: neighbours share pages, and of two reports of a device the later one counts.
        keys.sort_unstable();
        keys.dedup();
        db.write(&keys, written).await?;
        written += i64::try_from(keys.len())?;
    }
    let seconds = begin.elapsed().as_secs_f64();
    db.close().await?;
    Ok(format!("{{\"rows\":{written},\"seconds\":{seconds}}}"))
}

/// Adds the rows that are missing.
async fn fill<R: Rows>(db: &mut R, rows: i64) -> Result<(), sqlx::Error> {
    let mut next = db.count().await?;
    while next < rows {
        let end = rows.min(next + FILL);
        db.write(&(next..end).collect::<Vec<_>>(), 0).await?;
        next = end;
    }
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
