//! The programs: `rollcall` and `rollcall-agent`.

use std::fs;

use anyhow::{Context as _, Result};

use crate::mode::Mode;
use crate::steps::Steps;
use crate::{files, frontend, paths, process};

/// Compiles one package of the workspace.
pub fn compile(mode: Mode, package: &str) -> Result<()> {
    process::run(process::cargo().args(["build", "--package", package, "--profile", mode.profile()]))
}

/// Builds the front end, then the server, which in release mode takes the site in.
pub fn build_all(mode: Mode) -> Result<()> {
    let mut steps = Steps::new(frontend::step_count(mode) + 1);
    build(mode, &mut steps)?;
    steps.print_summary();
    Ok(())
}

/// Makes `target/dist/rollcall`.
pub fn dist() -> Result<()> {
    let mut steps = Steps::new(frontend::step_count(Mode::Release) + 1);
    build(Mode::Release, &mut steps)?;
    let program = paths::program(Mode::Release, "rollcall");
    let folder = paths::root().join("target/dist");
    let copy = folder.join("rollcall");
    files::make_folder(&folder)?;
    let bytes = fs::copy(&program, &copy).with_context(|| format!("could not copy {}", program.display()))?;
    steps.print_summary();
    println!("\n{}: {}.{} MB", copy.display(), bytes / 1_000_000, bytes / 100_000 % 10);
    Ok(())
}

fn build(mode: Mode, steps: &mut Steps) -> Result<()> {
    frontend::build(mode, steps)?;
    steps.run("Compile the server", || compile(mode, "server"))
}
