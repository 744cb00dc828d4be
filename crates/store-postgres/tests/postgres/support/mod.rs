//! Databases for tests: each test has one of its own, which is dropped at its end.
pub mod gate;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::{
    process,
    sync::{
        Once,
        atomic::{AtomicU32, Ordering},
    },
};

/// The variable that has the URL of a server's maintenance database. Its user has to be allowed to make databases.
const VARIABLE: &str = "ROLLCALL_TEST_POSTGRES";

/// Databases that were made.
static MADE: AtomicU32 = AtomicU32::new(0);

/// An empty database.
pub struct TestDatabase {
    server: String,
    name: String,
}

impl TestDatabase {
    /// Makes one; `None`, and a message, when there is no server to make it on.
    pub async fn new() -> Option<Self> {
        Self::with("encoding 'UTF8' locale 'C.UTF-8'").await
    }

    /// Makes one with these options.
    pub async fn with(options: &str) -> Option<Self> {
        let Ok(server) = std::env::var(VARIABLE) else {
            tell_that_tests_are_skipped();
            return None;
        };
        let name = format!("rollcall_test_{}_{}", process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        // One that a test left behind which was killed.
        run(&server, &format!("drop database if exists {name} with (force)")).await;
        run(&server, &format!("create database {name} template template0 {options}")).await;
        Some(Self { server, name })
    }

    /// Its URL.
    pub fn url(&self) -> String {
        let (start, options) = self.server.split_once('?').map_or((&*self.server, ""), |(start, rest)| (start, rest));
        let place = start.rfind('/').map_or(start, |slash| &start[..slash]);
        format!("{place}/{}?{options}", self.name)
    }

    /// Runs a statement in it.
    pub async fn run(&self, sql: &str) {
        run(&self.url(), sql).await;
    }

    /// Ends all connections to it, and returns how many there were.
    pub async fn end_connections(&self, condition: &str) -> usize {
        let mut db = PgConnection::connect(&self.server).await.unwrap();
        let sql = format!(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{}' and {condition}",
            self.name
        );
        sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut db).await.unwrap().len()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (server, drop) = (self.server.clone(), format!("drop database {} with (force)", self.name));
        // Tests are asynchronous, and dropping is not.
        let done = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(run(&server, &drop));
        });
        let _ = done.join();
    }
}

async fn run(url: &str, sql: &str) {
    let mut db = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
}

#[expect(clippy::print_stderr, reason = "who runs the tests has to know what was not tested")]
fn tell_that_tests_are_skipped() {
    static TOLD: Once = Once::new();
    TOLD.call_once(|| eprintln!("\n*** PostgreSQL is NOT tested: {VARIABLE} is not set ***\n"));
}
