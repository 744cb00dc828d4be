//! A server on loopback, for as long as a task needs it.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::apple::free_address;
use super::http::{Client, is_ready};
use super::process;

/// Time in which the server has to be ready.
const START_TIMEOUT: Duration = Duration::from_mins(1);

/// A server that was started here, with a token of its REST API. It ends when this is dropped.
pub struct RunningServer {
    process: Child,
    address: String,
    token: String,
}

impl RunningServer {
    /// Starts `program` with the data in `data` on a free port. `name` is that of the token.
    pub fn start(program: &Path, data: &Path, name: &str) -> Result<Self> {
        Self::start_with(program, data, name, &[])
    }

    /// The same with further settings, as environment variables and their values.
    pub fn start_with(program: &Path, data: &Path, name: &str, settings: &[(&str, &str)]) -> Result<Self> {
        let token = token(program, data, name, settings)?;
        let address = free_address()?;
        let process = Command::new(program)
            .args(["serve", "--log", "warn", "--listen", &address, "--public-url", &url(&address), "--data-dir"])
            .arg(data)
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        Ok(Self { process, address, token })
    }

    /// Waits until the server is ready and returns how long it took.
    pub fn wait_until_ready(&mut self) -> Result<Duration> {
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
        Ok(begin.elapsed())
    }

    /// A client of its REST API.
    pub fn client(&self) -> Client {
        Client::new(&self.address, &self.token)
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its address, as browsers and agents write it.
    pub fn url(&self) -> String {
        url(&self.address)
    }

    /// The token of its REST API.
    pub fn token(&self) -> &str {
        &self.token
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn url(address: &str) -> String {
    format!("http://{address}")
}

/// A new API token. The one of an earlier run, which was not kept, is revoked.
fn token(program: &Path, data: &Path, name: &str, settings: &[(&str, &str)]) -> Result<String> {
    let call = |what: &str| {
        let mut command = Command::new(program);
        command.args(["token", what, "--name", name, "--data-dir"]).arg(data).envs(settings.iter().copied());
        process::output(&mut command)
    };
    // Fails in the first run, when there is none to revoke.
    let _ = call("revoke");
    call("create")
}

#[expect(clippy::disallowed_methods, reason = "only bounds how long a task waits")]
fn now() -> Instant {
    Instant::now()
}
