//! `cargo xtask dist`: the program as it is handed out.

use std::fs;

use anyhow::{Context as _, Result};

use super::build;
use crate::site::frontend;
use crate::support::mode::Mode;
use crate::support::steps::Steps;
use crate::support::{files, paths};

/// Makes `target/dist/rollcall`.
pub fn run() -> Result<()> {
    let mut steps = Steps::new(frontend::step_count(Mode::Release) + 1);
    build::server_with_site(Mode::Release, &mut steps)?;
    let program = paths::program(Mode::Release, "rollcall");
    let folder = paths::root().join("target/dist");
    let copy = folder.join("rollcall");
    files::make_folder(&folder)?;
    let bytes = fs::copy(&program, &copy).with_context(|| format!("could not copy {}", program.display()))?;
    steps.print_summary();
    println!("\n{}: {}.{} MB", copy.display(), bytes / 1_000_000, bytes / 100_000 % 10);
    Ok(())
}
