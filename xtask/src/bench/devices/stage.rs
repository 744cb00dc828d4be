//! What a measurement needs: the programs, sample data of its own, and devices that can speak for themselves.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use anyhow::{Context as _, Result, bail, ensure};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::options::{Engine, Options};
use crate::bench::{figures, sample_server};
use crate::support::mode::Mode;
use crate::support::server::RunningServer;
use crate::support::{files, paths, process};
use crate::tasks::test::HOST_PACKAGES;

/// Names the database of a measurement with PostgreSQL.
const POSTGRES: &str = "ROLLCALL_BENCH_POSTGRES";
/// Open files besides the connections, on both sides.
const OTHER_FILES: u64 = 600;

/// Everything that is there before a server starts.
pub struct Stage {
    program: PathBuf,
    /// The program of the bare loop; none if its file could not be compared with the database.
    bare: Option<PathBuf>,
    data: PathBuf,
    settings: Vec<(&'static str, String)>,
    /// What devices authenticate with.
    pub bearers: Vec<String>,
}

impl Stage {
    /// Builds what is to be built, copies sample data, and gives devices secrets.
    pub fn set(options: &Options) -> Result<Self> {
        let (program, bare) = programs(options)?;
        let data = figures::folder().join(format!("devices-{}", options.engine.name()));
        let mut settings = vec![("ROLLCALL_TRUSTED_PROXIES", "private".to_owned())];
        if options.engine == Engine::Postgres {
            let url = env::var(POSTGRES);
            let missing = || process::Missing::new(format!("set {POSTGRES} to the URL of a database for the bench"));
            settings.push(("ROLLCALL_DATABASE", url.map_err(|_| missing())?));
        }
        let mut stage = Self { program, bare, data, settings, bearers: Vec::new() };
        match options.engine {
            Engine::Sqlite => stage.copy_sample_data(options)?,
            Engine::Postgres => stage.fill_database(options)?,
        }
        let devices = stage.bearers.len();
        ensure!(devices > 0, "the sample data has no active device");
        println!("{devices} devices speak, of {} rows", options.rows());
        Ok(stage)
    }

    /// Starts a server. Connections from loopback count as those of a proxy: there is no limit for them, and they may idle.
    pub fn start(&self) -> Result<RunningServer> {
        let settings: Vec<(&str, &str)> = self.settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut server = RunningServer::start_with(&self.program, &self.data, "bench", &settings)?;
        server.wait_until_ready()?;
        Ok(server)
    }

    /// Makes an account of the console. With PostgreSQL there may be one from an earlier run.
    pub fn create_account(&self, email: &str, password: &str) -> Result<()> {
        let mut command = Command::new(&self.program);
        command.args(["account", "create", "--password-stdin", "--email", email, "--data-dir"]).arg(&self.data);
        command.envs(self.settings.iter().map(|(name, value)| (*name, value.as_str())));
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().context("could not create an account")?;
        let mut input = child.stdin.take().context("no way to tell the password")?;
        writeln!(input, "{password}").context("could not tell the password")?;
        drop(input);
        let status = child.wait().context("could not create an account")?;
        ensure!(status.success() || self.bare.is_none(), "no account was created ({status})");
        Ok(())
    }

    /// The program of the bare loop, and its file: on the same file system as the database.
    pub fn bare(&self) -> Option<(&Path, PathBuf)> {
        self.bare.as_deref().map(|program| (program, self.data.join("bare.db")))
    }

    /// Removes the copy of the sample data. With PostgreSQL there is none, but the key that belongs to the database.
    pub fn clear(self) -> Result<()> {
        if self.bare.is_none() {
            return Ok(());
        }
        fs::remove_dir_all(&self.data).with_context(|| format!("could not remove {}", self.data.display()))
    }

    fn copy_sample_data(&mut self, options: &Options) -> Result<()> {
        let samples = sample_server::data_folder(&self.program, options.rows())?;
        self.copy(&samples)?;
        if let Err(error) = self.give_secrets(options) {
            // Perhaps they were made by a newer program.
            println!("The sample data cannot be used ({error:#}); it is made anew");
            fs::remove_dir_all(&samples).with_context(|| format!("could not remove {}", samples.display()))?;
            self.copy(&sample_server::data_folder(&self.program, options.rows())?)?;
            self.give_secrets(options)?;
        }
        Ok(())
    }

    fn copy(&self, samples: &Path) -> Result<()> {
        files::empty_folder(&self.data)?;
        for file in files::list(samples)? {
            let (from, to) = (samples.join(&file), self.data.join(&file));
            if let Some(folder) = to.parent() {
                files::make_folder(folder)?;
            }
            fs::copy(&from, &to).with_context(|| format!("could not copy {}", from.display()))?;
        }
        Ok(())
    }

    /// A database cannot be copied as a folder can: one that has data already is used as it is.
    fn fill_database(&mut self, options: &Options) -> Result<()> {
        files::make_folder(&self.data)?;
        let seeded = process::output(self.command("seed").args(["--devices", &options.rows().to_string()]));
        if let Err(error) = seeded {
            println!("No sample data was made: {error:#}");
        }
        self.give_secrets(options)
    }

    fn give_secrets(&mut self, options: &Options) -> Result<()> {
        let devices = options.devices().to_string();
        let lines = process::output(self.command("bearers").args(["--devices", &devices]));
        let lines = lines.context("the server has to be built with `--features bench`")?;
        self.bearers = lines.lines().map(str::to_owned).collect();
        Ok(())
    }

    fn command(&self, what: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.args([what, "--data-dir"]).arg(&self.data);
        command.envs(self.settings.iter().map(|(name, value)| (*name, value.as_str())));
        command
    }
}

/// The server and the bare loop, built if need be.
fn programs(options: &Options) -> Result<(PathBuf, Option<PathBuf>)> {
    let mode = Mode::for_release(!options.short);
    let bare = ["--package", "store-sqlite", "--example", "bare"];
    let build = |what: &[&str]| process::run(process::cargo().args(["build", "--profile", mode.profile()]).args(what));
    match options.binary {
        // As the tests are compiled: with other features Cargo would compile most dependencies again.
        None if options.short => {
            let what = ["--bins", "--example", "bare", "--features", "server/bench"];
            build(&[&HOST_PACKAGES[..], &what].concat())?;
        }
        None => {
            build(&["--package", "server", "--features", "bench"])?;
            build(&bare)?;
        }
        Some(_) => build(&bare)?,
    }
    let program = options.binary.clone().unwrap_or_else(|| paths::program(mode, "rollcall"));
    ensure!(program.is_file(), "there is no program {}", program.display());
    let bare = (options.engine == Engine::Sqlite).then(|| paths::program(mode, "examples/bare"));
    Ok((program, bare))
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
