//! A server with sample data on a free port of loopback.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};

use super::options::Options;
use super::place::{Data, Place};
use super::usage::Watch;
use crate::support::mode::Mode;
use crate::support::postgres::Postgres;
use crate::support::server::RunningServer;
use crate::support::{paths, process};
use crate::tasks::test::HOST_PACKAGES;

/// A program and sample data for it.
pub struct Sample {
    program: PathBuf,
    place: Place,
    data: Data,
    settings: Vec<(&'static str, String)>,
}

impl Sample {
    /// Builds the program if need be, and makes sample data unless there is some.
    pub fn prepare(options: &Options) -> Result<Self> {
        let program = program(options)?;
        let place = Place::of(options)?;
        let data = place.samples(&program, options.rows())?;
        Ok(Self { settings: settings(&place, &data), program, place, data })
    }

    /// The same with data of its own, that may be changed.
    pub fn copied(options: &Options) -> Result<Self> {
        let mut sample = Self::prepare(options)?;
        sample.data = sample.place.copy(&sample.data, "copy")?;
        sample.settings = settings(&sample.place, &sample.data);
        Ok(sample)
    }

    /// Makes the samples anew, and copies them again.
    pub fn renew(&mut self, options: &Options) -> Result<()> {
        self.place.forget_samples(options.rows())?;
        let samples = self.place.samples(&self.program, options.rows())?;
        self.data = self.place.copy(&samples, "copy")?;
        Ok(())
    }

    /// A command of the program, which finds the data.
    pub fn command(&self, what: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(what).envs(self.settings.iter().map(|(name, value)| (*name, value.as_str())));
        command
    }

    /// Starts a server; how long it took until it was ready. Connections from loopback count as those of a proxy: there is no
    /// limit for them, and they may idle.
    pub fn start(&self) -> Result<(RunningServer, Duration)> {
        let settings: Vec<(&str, &str)> = self.settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut server = RunningServer::start_with(&self.program, &self.data.folder, "bench", &settings)?;
        let took = server.wait_until_ready()?;
        Ok((server, took))
    }

    /// Looks from now on how much of the machine others have.
    pub fn watch(&self, server: &RunningServer) -> Result<Watch> {
        Watch::begin(server.id(), self.postgres().map(Postgres::id).transpose()?)
    }

    /// PostgreSQL, unless data is in a file.
    pub const fn postgres(&self) -> Option<&Postgres> {
        self.place.postgres()
    }

    /// The folder of the data.
    pub fn folder(&self) -> PathBuf {
        self.data.folder.clone()
    }

    /// Removes the data.
    pub fn remove(self) -> Result<()> {
        self.place.remove(&self.data)
    }
}

fn settings(place: &Place, data: &Data) -> Vec<(&'static str, String)> {
    let mut settings = place.settings(data);
    settings.push(("ROLLCALL_TRUSTED_PROXIES", "private".to_owned()));
    settings
}

/// The server, built if need be.
fn program(options: &Options) -> Result<PathBuf> {
    let mode = options.mode();
    match options.binary {
        None if mode == Mode::Dev => build_to_try()?,
        None => {
            let what = ["build", "--profile", mode.profile(), "--package", "server", "--features", "bench"];
            process::run(process::cargo().args(what))?;
        }
        Some(_) => {}
    }
    let program = options.binary.clone().unwrap_or_else(|| paths::program(mode, "rollcall"));
    ensure!(program.is_file(), "there is no program {}", program.display());
    Ok(program)
}

/// Builds the server and the bare loops, unoptimised: as the tests are compiled, since with other features Cargo would compile
/// most dependencies again.
pub fn build_to_try() -> Result<()> {
    let what = ["--bins", "--examples", "--features", "server/bench"];
    process::run(process::cargo().arg("build").args(HOST_PACKAGES).args(what))
}
