//! The bare loop with PostgreSQL: `bare_postgres URL ROWS BATCH MILLISECONDS`. Named unlike the one with SQLite, since Cargo
//! puts the programs of all packages into one folder.

#[path = "../../store-sqlite/examples/measure/mod.rs"]
mod measure;

use measure::{COUNT, DOCUMENT, Rows, TABLE};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::process::ExitCode;

/// As the store writes reports: many in one statement.
const UPSERT: &str = "insert into telemetry (device_key, at, seq, doc) \
    select sent.key, $3, $3, sent.doc from unnest($1::bigint[], $2::text[]) as sent (key, doc) \
    on conflict (device_key) do update set at = excluded.at, seq = excluded.seq, doc = excluded.doc";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    measure::main::<Server>().await
}

struct Server(PgConnection);

impl Rows for Server {
    async fn open(database: &str) -> Result<Self, sqlx::Error> {
        let mut db = PgConnection::connect(database).await?;
        // With room for new versions of rows beside the old ones, as the store's table has.
        sqlx::query(AssertSqlSafe(format!("{TABLE} with (fillfactor = 70)"))).execute(&mut db).await?;
        Ok(Self(db))
    }

    async fn count(&mut self) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar(COUNT).fetch_one(&mut self.0).await
    }

    async fn write(&mut self, keys: &[i64], seq: i64) -> Result<(), sqlx::Error> {
        sqlx::query("begin").execute(&mut self.0).await?;
        sqlx::query(UPSERT).bind(keys).bind(vec![DOCUMENT; keys.len()]).bind(seq).execute(&mut self.0).await?;
        sqlx::query("commit").execute(&mut self.0).await?;
        Ok(())
    }

    async fn close(self) -> Result<(), sqlx::Error> {
        self.0.close().await
    }
}
