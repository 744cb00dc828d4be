//! The bare loop with SQLite: `bare FILE ROWS BATCH MILLISECONDS`.

mod measure;

use measure::{COUNT, DOCUMENT, Rows, TABLE};
use sqlx::{
    Connection as _, QueryBuilder, Sqlite, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::process::ExitCode;

/// Rows in one statement, in few sizes so that the cache of prepared statements holds all of them.
const CHUNKS: [usize; 4] = [64, 16, 4, 1];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    measure::main::<File>().await
}

struct File(SqliteConnection);

impl Rows for File {
    async fn open(database: &str) -> Result<Self, sqlx::Error> {
        let options = SqliteConnectOptions::new()
            .filename(database)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("wal_autocheckpoint", "4000");
        let mut db = SqliteConnection::connect_with(&options).await?;
        sqlx::query(TABLE).execute(&mut db).await?;
        Ok(Self(db))
    }

    async fn count(&mut self) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar(COUNT).fetch_one(&mut self.0).await
    }

    async fn write(&mut self, keys: &[i64], seq: i64) -> Result<(), sqlx::Error> {
        sqlx::query("begin immediate").execute(&mut self.0).await?;
        let mut left = keys;
        while !left.is_empty() {
            let size = CHUNKS.into_iter().find(|size| *size <= left.len()).unwrap_or(1);
            let (chunk, rest) = left.split_at(size);
            upsert(&mut self.0, chunk, seq).await?;
            left = rest;
        }
        sqlx::query("commit").execute(&mut self.0).await?;
        Ok(())
    }

    async fn close(self) -> Result<(), sqlx::Error> {
        self.0.close().await
    }
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
