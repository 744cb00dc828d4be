//! A server with sample data on a free port of loopback.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, bail};

use super::samples::now;
use crate::support::apple::free_address;
use crate::support::http::{Client, is_ready};
use crate::support::mode::Mode;
use crate::support::{files, paths, process};
use crate::tasks::build;

/// Time in which the server has to be ready.
const START_TIMEOUT: Duration = Duration::from_mins(1);
/// Age at which sample data is made anew: its phones count as silent a day after they reported.
const MAX_AGE: Duration = Duration::from_hours(20);

/// A server that was started here.
pub struct SampleServer {
    process: Child,
    address: String,
    token: String,
}

impl SampleServer {
    /// Builds the server, makes sample data if there is none, and starts.
    pub fn start(mode: Mode, devices: u64) -> Result<Self> {
        build::compile(mode, "server")?;
        let program = paths::program(mode, "rollcall");
        let data = data_folder(&program, devices)?;
        let token = token(&program, &data)?;
        let address = free_address()?;
        let process = Command::new(&program)
            .args(["serve", "--log", "warn", "--listen", &address, "--data-dir"])
            .arg(data)
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        Ok(Self { process, address, token })
    }

    /// Waits for the server and prints how long it took to be ready.
    pub fn wait_until_ready(&mut self) -> Result<()> {
        let begin = now();
        while !is_ready(&self.address) {
            if let Some(status) = self.process.try_wait()? {
                bail!("the server ended by itself ({status})");
            }
            if begin.elapsed() > START_TIMEOUT {
                bail!("the server was not ready within {} s", START_TIMEOUT.as_secs());
            }
            sleep(Duration::from_millis(20));
        }
        println!("Ready after {} ms", begin.elapsed().as_millis());
        Ok(())
    }

    /// A client of its REST API.
    pub fn client(&self) -> Client {
        Client::new(&self.address, &self.token)
    }

    /// Stops the server.
    pub fn stop(mut self) -> Result<()> {
        self.process.kill().context("could not stop the server")?;
        self.process.wait()?;
        Ok(())
    }
}

/// The folder with sample data, which is made if there is none or if it is too old.
fn data_folder(program: &Path, devices: u64) -> Result<PathBuf> {
    let folder = paths::target().join("bench").join(format!("list-{devices}"));
    let complete = folder.join("complete");
    if is_fresh(&complete) {
        println!("Sample data: {} (made before)", folder.display());
        return Ok(folder);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("could not remove {}", folder.display()))?;
    }
    files::make_folder(&folder)?;
    let begin = now();
    process::run(Command::new(program).args(["seed", "--devices", &devices.to_string(), "--data-dir"]).arg(&folder))?;
    println!("Sample data: {}, made in {:.1} s", folder.display(), begin.elapsed().as_secs_f64());
    files::write(&complete, "")?;
    Ok(folder)
}

#[expect(clippy::disallowed_methods, reason = "sample data grows old by the calendar")]
fn is_fresh(file: &Path) -> bool {
    let made = fs::metadata(file).and_then(|data| data.modified());
    made.is_ok_and(|made| SystemTime::now().duration_since(made).is_ok_and(|age| age < MAX_AGE))
}

/// A new API token. The one of an earlier run, which was not kept, is revoked.
fn token(program: &Path, data: &Path) -> Result<String> {
    let call = |what: &str| {
        let mut command = Command::new(program);
        command.args(["token", what, "--name", "bench", "--data-dir"]).arg(data);
        process::output(&mut command)
    };
    // Fails in the first run, when there is none to revoke.
    let _ = call("revoke");
    call("create")
}
