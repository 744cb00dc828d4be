//! The simulated phones of `cargo xtask run --demo`.

use std::env;
use std::os::unix::process::parent_id;
use std::path::PathBuf;
use std::process::{self, Child, Command};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::support::apple::PushService;
use crate::support::http::is_ready;
use crate::support::mode::Mode;
use crate::support::paths;

/// Time between two checks whether the server is ready, or gone.
const POLL_INTERVAL: Duration = Duration::from_millis(300);

/// Starts the process that waits for the server and then runs the phones. It is separate from this process, which the
/// server replaces.
pub fn start(mode: Mode, listen: &str, data: &str, push: &PushService) -> Result<()> {
    Command::new(env::current_exe()?)
        .args(["demo-phones", "--listen", listen, "--data", data, "--push-listen", push.listen()])
        .arg("--push-service")
        .arg(push.folder())
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
    /// The certificates of the pretended push service.
    #[arg(long)]
    push_service: PathBuf,
    /// Where it listens.
    #[arg(long)]
    push_listen: String,
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
        let mut fleets = [self.start_agents()?, self.start_iphones()?];
        while is_any_running(&mut fleets)? {
            if self.server_is_gone() {
                fleets.iter_mut().try_for_each(Child::kill)?;
                break;
            }
            sleep(POLL_INTERVAL);
        }
        for fleet in &mut fleets {
            fleet.wait()?;
        }
        Ok(())
    }

    fn start_agents(&self) -> Result<Child> {
        self.start_fleet(Command::new(&self.agent).args(["simulate", "--devices", "9"]), "demo-urls.txt")
    }

    /// They bring the pretended push service along.
    fn start_iphones(&self) -> Result<Child> {
        let mut command = Command::new(&self.agent);
        command.args(["simulate", "--apple", "--devices", "5", "--push-listen", &self.push_listen, "--push-service"]);
        self.start_fleet(command.arg(&self.push_service), "demo-urls-iphone.txt")
    }

    fn start_fleet(&self, command: &mut Command, urls: &str) -> Result<Child> {
        let command = command.args(["--pace", "human", "--urls"]).arg(self.data.join(urls));
        command.spawn().context("could not start the simulated phones")
    }

    /// A process whose parent has ended gets another parent.
    fn server_is_gone(&self) -> bool {
        parent_id() != self.server
    }
}

fn is_any_running(fleets: &mut [Child]) -> Result<bool> {
    let mut is_running = false;
    for fleet in fleets {
        is_running |= fleet.try_wait()?.is_none();
    }
    Ok(is_running)
}
