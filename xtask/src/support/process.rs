//! Running other programs.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};

use anyhow::{Context as _, Result};

use crate::support::mode::Mode;
use crate::support::paths;

/// A program that ran and did not succeed.
#[derive(Debug, thiserror::Error)]
#[error("`{line}` failed ({status})")]
struct Failed {
    line: String,
    status: ExitStatus,
}

/// Something that is needed and cannot be installed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Missing(String);

impl Missing {
    /// `text` says what is missing and how to get it.
    pub fn new(text: String) -> Self {
        Self(text)
    }
}

/// The exit code of a task that cannot begin, because something is missing.
const MISSING: u8 = 3;

/// Compiles one package of the workspace.
pub fn compile(mode: Mode, package: &str) -> Result<()> {
    run(cargo().args(["build", "--package", package, "--profile", mode.profile()]))
}

/// Shows the command line, then runs it with the terminal as its input and output.
pub fn run(command: &mut Command) -> Result<()> {
    let status = status(command)?;
    if status.success() { Ok(()) } else { Err(Failed { line: command_line(command), status }.into()) }
}

/// Shows the command line, runs it, and returns how it ended, for programs whose exit code has a meaning.
pub fn status(command: &mut Command) -> Result<ExitStatus> {
    let line = command_line(command);
    println!("    $ {line}");
    command.status().with_context(|| format!("could not start `{line}`"))
}

/// Runs a command without showing it and returns what it printed, without the line end.
pub fn output(command: &mut Command) -> Result<String> {
    let line = command_line(command);
    let output = command.output().with_context(|| format!("could not start `{line}`"))?;
    if !output.status.success() {
        let status = output.status;
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(anyhow::Error::new(Failed { line, status }).context(message));
    }
    let text =
        String::from_utf8(output.stdout).with_context(|| format!("`{line}` printed something that is not UTF-8"))?;
    Ok(text.trim_end().to_owned())
}

/// The exit code of this process after `error`: that of the program that failed, 3 if something is missing, or 1.
pub fn exit_code(error: &anyhow::Error) -> ExitCode {
    if error.downcast_ref::<Missing>().is_some() {
        return ExitCode::from(MISSING);
    }
    error
        .downcast_ref::<Failed>()
        .and_then(|failed| failed.status.code())
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from)
}

/// The Cargo that started this process, in the folder of the workspace.
pub fn cargo() -> Command {
    cargo_at(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The Cargo at `program`, in the folder of the workspace.
pub fn cargo_at(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    // `cargo run` describes xtask in these variables. Build scripts that watch them would run again each time
    // somebody switches between `cargo …` and `cargo xtask …`.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    if env::var_os("CI").is_some_and(|value| value == "true") {
        // A machine that builds once gains nothing from incremental compilation.
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// The first program of this name on `PATH`.
pub fn find(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// The command as a person would type it, without folders.
fn command_line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let mut line = name.to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}
