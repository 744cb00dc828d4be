//! What a server and its database take while requests are answered.

use anyhow::{Context as _, Result};

use super::outcome::Outcome;
use super::usage::{Taken, as_f64, family_ticks, micros};
use crate::support::postgres::Postgres;
use crate::support::server::RunningServer;

/// Looks at a server, and at its database server if it has one.
pub struct Meter<'a> {
    server: String,
    before: Taken,
    database: Option<Database<'a>>,
}

/// What was taken for one request, or in all.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// The server's processor time, in microseconds.
    pub cpu: f64,
    /// Bytes of memory of files that have to go to the disk.
    pub written: f64,
    /// Bytes that the server asked the system to write.
    pub asked: f64,
    /// What the database server took, if there is one.
    pub database: Option<DatabaseCost>,
}

/// What PostgreSQL took.
#[derive(Clone, Copy, Debug)]
pub struct DatabaseCost {
    /// Processor time of all its processes, in microseconds.
    pub cpu: f64,
    /// Bytes of its log.
    pub log: f64,
}

impl<'a> Meter<'a> {
    /// Begins.
    pub fn begin(server: &RunningServer, postgres: Option<&'a Postgres>) -> Result<Self> {
        let (server, database) = (server.id().to_string(), postgres.map(Database::now).transpose()?);
        Ok(Self { before: Taken::by(&server)?, server, database })
    }

    /// What was taken since then, for each of so many requests.
    pub fn end(self, requests: u64) -> Result<Cost> {
        let taken = Taken::by(&self.server)?.since(self.before);
        let database = self.database.map(Database::taken).transpose()?;
        let each = |what: f64| what / as_f64(requests.max(1));
        Ok(Cost {
            cpu: each(taken.cpu_micros()),
            written: each(as_f64(taken.written)),
            asked: each(as_f64(taken.asked)),
            database: database.map(|all| DatabaseCost { cpu: each(all.cpu), log: each(all.log) }),
        })
    }
}

impl Cost {
    /// As part of a line.
    pub fn line(&self) -> String {
        let told = |database: DatabaseCost| format!(", PostgreSQL {:.0} µs {:.0} bytes", database.cpu, database.log);
        format!("{:.0} µs {:.0} bytes{}", self.cpu, self.asked, self.database.map(told).unwrap_or_default())
    }
}

/// Adds what each request cost to the figures.
pub fn add_costs(outcome: &mut Outcome, name: &str, costs: &[Cost]) {
    let mut exact = |figure: &str, unit, value: fn(&Cost) -> Option<f64>| {
        outcome.add(format!("{name}.{figure}"), unit, &costs.iter().filter_map(value).collect::<Vec<_>>(), false);
    };
    exact("cpu", "µs", |cost| Some(cost.cpu));
    exact("written", "bytes", |cost| Some(cost.written));
    exact("asked", "bytes", |cost| Some(cost.asked));
    exact("database-cpu", "µs", |cost| Some(cost.database?.cpu));
    exact("database-log", "bytes", |cost| Some(cost.database?.log));
}

/// What PostgreSQL had taken at some time.
struct Database<'a> {
    postgres: &'a Postgres,
    ticks: u64,
    log: u64,
}

impl<'a> Database<'a> {
    fn now(postgres: &'a Postgres) -> Result<Self> {
        let log = postgres.query("postgres", "select pg_current_wal_lsn() - '0/0'")?.parse();
        Ok(Self {
            postgres,
            ticks: family_ticks(postgres.id()?)?,
            log: log.context("a place in the log is no number")?,
        })
    }

    /// In all since then.
    fn taken(self) -> Result<DatabaseCost> {
        let ticks = family_ticks(self.postgres.id()?)?.saturating_sub(self.ticks);
        let log = Self::now(self.postgres)?.log.saturating_sub(self.log);
        Ok(DatabaseCost { cpu: micros(ticks), log: as_f64(log) })
    }
}
