//! What a measurement needs: the programs, sample data of its own, and devices that can speak for themselves.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail, ensure};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::options::{Engine, Options};
use super::usage::Watch;
use crate::bench::sample_server::Sample;
use crate::support::mode::Mode;
use crate::support::postgres::Postgres;
use crate::support::server::RunningServer;
use crate::support::{paths, process};

/// Open files besides the connections, on both sides.
const OTHER_FILES: u64 = 600;
/// The database of the bare loop in PostgreSQL.
const BARE: &str = "bare";

/// Everything that is there before a server starts.
pub struct Stage {
    sample: Sample,
    /// The program of the bare loop.
    bare: PathBuf,
    /// What devices authenticate with.
    pub bearers: Vec<String>,
}

impl Stage {
    /// Builds what is to be built, copies sample data, and gives devices secrets.
    pub fn set(options: &Options) -> Result<Self> {
        let mut sample = Sample::copied(options)?;
        let bearers = bearers(&sample, options).or_else(|error| {
            // Perhaps the sample data was made by a newer program.
            println!("The sample data cannot be used ({error:#}); it is made anew");
            sample.renew(options)?;
            bearers(&sample, options)
        })?;
        ensure!(!bearers.is_empty(), "the sample data has no active device");
        println!("{} devices speak, of {} rows", bearers.len(), options.rows());
        if let Some(postgres) = sample.postgres() {
            drop_bare(postgres)?;
            postgres.query("postgres", &format!("create database {BARE}"))?;
        }
        Ok(Self { bare: bare(options)?, sample, bearers })
    }

    /// Starts a server. Connections from loopback count as those of a proxy: there is no limit for them, and they may idle.
    pub fn start(&self) -> Result<RunningServer> {
        Ok(self.sample.start()?.0)
    }

    /// Makes an account of the console.
    pub fn create_account(&self, email: &str, password: &str) -> Result<()> {
        let mut command = self.sample.command("account");
        command.args(["create", "--password-stdin", "--email", email]).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn().context("could not create an account")?;
        let mut input = child.stdin.take().context("no way to tell the password")?;
        writeln!(input, "{password}").context("could not tell the password")?;
        drop(input);
        let status = child.wait().context("could not create an account")?;
        ensure!(status.success(), "no account was created ({status})");
        Ok(())
    }

    /// The program of the bare loop, and its database: a file on the same file system, or one in the same PostgreSQL.
    pub fn bare(&self) -> (&Path, OsString) {
        let beside = || self.sample.folder().join("bare.db").into_os_string();
        let database = self.postgres().map(|postgres| postgres.url_of(BARE).into());
        (&self.bare, database.unwrap_or_else(beside))
    }

    /// PostgreSQL, unless data is in a file.
    pub const fn postgres(&self) -> Option<&Postgres> {
        self.sample.postgres()
    }

    /// Looks from now on how much of the machine others have.
    pub fn watch(&self, server: &RunningServer) -> Result<Watch> {
        self.sample.watch(server)
    }

    /// Removes the copy of the sample data.
    pub fn clear(self) -> Result<()> {
        self.postgres().map_or(Ok(()), drop_bare)?;
        self.sample.remove()
    }
}

fn drop_bare(postgres: &Postgres) -> Result<()> {
    postgres.query("postgres", &format!("drop database if exists {BARE} with (force)")).map(drop)
}

fn bearers(sample: &Sample, options: &Options) -> Result<Vec<String>> {
    let lines = process::output(sample.command("bearers").args(["--devices", &options.devices().to_string()]));
    let lines = lines.context("the server has to be built with `--features bench`")?;
    Ok(lines.lines().map(str::to_owned).collect())
}

/// The bare loop, built if need be.
fn bare(options: &Options) -> Result<PathBuf> {
    let (package, example) = match options.engine {
        Engine::Sqlite => ("store-sqlite", "bare"),
        Engine::Postgres => ("store-postgres", "bare_postgres"),
    };
    let mode = options.mode();
    // All examples are built together with an unoptimised server.
    if mode == Mode::Release {
        let what = ["build", "--profile", mode.profile(), "--package", package, "--example", example];
        process::run(process::cargo().args(what))?;
    }
    Ok(paths::program(mode, &format!("examples/{example}")))
}

/// Raises the soft limit of open files; an error if `connections` are more than it can be. The server raises its own.
pub fn allow_connections(connections: usize) -> Result<()> {
    let needed = u64::try_from(connections)? + OTHER_FILES;
    let limit = getrlimit(Resource::Nofile);
    if limit.maximum.is_some_and(|maximum| maximum < needed) {
        bail!("{connections} connections need a limit of {needed} open files (`ulimit -Hn`)");
    }
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum })
        .context("could not raise the limit of open files")
}
