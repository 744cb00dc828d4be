//! Builds the front end: from Rust to the files that a browser loads.

use std::path::PathBuf;

use anyhow::Result;

use super::publish;
use crate::install::node;
use crate::install::toolchain::{self, WASM_TARGET, WasmToolchain};
use crate::support::mode::Mode;
use crate::support::process;
use crate::support::steps::Steps;

/// How many steps [`build`] takes.
pub fn step_count(mode: Mode) -> usize {
    match mode {
        Mode::Dev => 3,
        Mode::Release => 4,
    }
}

/// Builds the front end into `target/site`, and installs what this needs.
pub fn build(mode: Mode, steps: &mut Steps) -> Result<()> {
    let toolchain = steps.run("WebAssembly target", toolchain::ensure)?;
    if mode == Mode::Release {
        steps.run("Node packages", node::install)?;
    }
    let compiled = steps.run("Compile the front end", || compile(mode, &toolchain))?;
    steps.run("Put the site together", || publish::publish(mode, &compiled))
}

/// Compiles the front end and returns the path of the WebAssembly file.
fn compile(mode: Mode, toolchain: &WasmToolchain) -> Result<PathBuf> {
    let profile = mode.wasm_profile();
    let mut cargo = toolchain.cargo("build");
    cargo.args(["--package", "frontend", "--profile", profile]);
    process::run(&mut cargo)?;
    Ok(toolchain.target_folder().join(WASM_TARGET).join(profile).join("frontend.wasm"))
}
