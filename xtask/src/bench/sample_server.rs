//! A server with sample data on a free port of loopback.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result};

use super::samples::now;
use crate::support::mode::Mode;
use crate::support::server::RunningServer;
use crate::support::{files, paths, process};

/// Age at which sample data is made anew: its phones count as silent a day after they reported.
const MAX_AGE: Duration = Duration::from_hours(20);

/// Builds the server, makes sample data if there is none, and starts.
pub fn start(mode: Mode, devices: u64) -> Result<RunningServer> {
    process::compile(mode, "server")?;
    let program = paths::program(mode, "rollcall");
    let data = data_folder(&program, devices)?;
    RunningServer::start(&program, &data, "bench")
}

/// The folder with sample data, which is made if there is none or if it is too old.
pub fn data_folder(program: &Path, devices: u64) -> Result<PathBuf> {
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
