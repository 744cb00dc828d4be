//! The simulated phones of `cargo xtask run --demo`.

use std::env;
use std::os::unix::process::parent_id;
use std::path::PathBuf;
use std::process::{self, Child, Command};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::support::http::is_ready;
use crate::support::mode::Mode;
use crate::support::paths;

/// Time between two checks whether the server is ready, or gone.
const POLL_INTERVAL: Duration = Duration::from_millis(300);

/// Starts the process that waits for the server and then runs the phones. It is separate from this process, which the
/// server replaces.
pub fn start(mode: Mode, listen: &str, data: &str) -> Result<()> {
    Command::new(env::current_exe()?)
        .args(["demo-phones", "--listen", listen, "--data", data])
        .args(["--server", &process::id().to_string()])
        .arg("--agent")
        .arg(paths::program(mode, "rollcall-agent"))
        .current_dir(paths::root())
        .spawn()
        .context("could not start the simulated phones")?;
    Ok(())
}

/// Arguments of the process that runs the phones.
#[derive(clap::Args)]
pub struct DemoPhones {
    /// Where the server listens.
    #[arg(long)]
    listen: String,
    /// The server's data folder.
    #[arg(long)]
    data: PathBuf,
    /// The server's process, which is the parent of this one.
    #[arg(long)]
    server: u32,
    /// The agent's program.
    #[arg(long)]
    agent: PathBuf,
}

impl DemoPhones {
    /// Waits until the server is ready, runs the phones, and stops them when the server is gone.
    pub fn run(&self) -> Result<()> {
        while !is_ready(&self.listen) {
            if self.server_is_gone() {
                return Ok(());
            }
            sleep(POLL_INTERVAL);
        }
        let mut phones = self.start_phones()?;
        while phones.try_wait()?.is_none() {
            if self.server_is_gone() {
                phones.kill()?;
                break;
            }
            sleep(POLL_INTERVAL);
        }
        phones.wait()?;
        Ok(())
    }

    fn start_phones(&self) -> Result<Child> {
        Command::new(&self.agent)
            .args(["simulate", "--devices", "12", "--pace", "human", "--urls"])
            .arg(self.data.join("demo-urls.txt"))
            .spawn()
            .context("could not start the simulated phones")
    }

    /// A process whose parent has ended gets another parent.
    fn server_is_gone(&self) -> bool {
        parent_id() != self.server
    }
}
