//! `cargo xtask lint`: everything that can be checked without running the code.

mod deny;
mod layers;
pub mod rooms;

use std::process::Command;

use anyhow::{Result, ensure};

use layers::Workspace;

use crate::install::toolchain::{self, WasmToolchain};
use crate::support::steps::Steps;
use crate::support::{files, paths, process};

/// No Rust file may be longer than this.
const MAX_LINES: usize = 400;

/// Runs every check and stops at the first that fails.
pub fn run() -> Result<()> {
    let mut steps = Steps::new(9);
    steps.run("Formatting", check_formatting)?;
    steps.run("Length of files", check_lengths)?;
    steps.run("Layers of crates", || Workspace::read(&paths::root())?.check())?;
    steps.run("Rooms", || rooms::check(&paths::root()))?;
    steps.run("Licences and advisories", deny::check)?;
    steps.run("Clippy, host", lint_host)?;
    let toolchain = steps.run("WebAssembly target", toolchain::ensure)?;
    steps.run("Clippy, browser", || lint_browser(&toolchain))?;
    steps.run("Documentation", check_documentation)?;
    steps.print_summary();
    Ok(())
}

/// Leaves the front end out: the features of server and browser exclude each other. The feature of the bench only adds code.
fn lint_host() -> Result<()> {
    process::run(process::cargo().args([
        "clippy",
        "--workspace",
        "--exclude",
        "frontend",
        "--all-targets",
        "--features",
        "server/bench",
        "--",
        "-D",
        "warnings",
    ]))
}

fn lint_browser(toolchain: &WasmToolchain) -> Result<()> {
    match toolchain {
        WasmToolchain::InUse => {
            process::run(toolchain.cargo("clippy").args(["--package", "frontend", "--", "-D", "warnings"]))
        }
        WasmToolchain::Distribution(_) => {
            println!("    the distribution's compiler has no Clippy: compiling only");
            process::run(toolchain.cargo("check").args(["--package", "frontend"]))
        }
    }
}

/// The packer of the Android app is a workspace of its own.
fn check_formatting() -> Result<()> {
    process::run(process::cargo().args(["fmt", "--all", "--check"]))?;
    process::run(process::cargo().args(["fmt", "--check", "--manifest-path", "agents/android/pack/Cargo.toml"]))
}

fn check_documentation() -> Result<()> {
    process::run(
        process::cargo()
            .args(["doc", "--no-deps"])
            .args(
                ["apple", "domain", "meters", "store", "store-postgres", "store-sqlite", "service"]
                    .iter()
                    .flat_map(|name| ["--package", name]),
            )
            .env("RUSTDOCFLAGS", "-Dwarnings"),
    )
}

fn check_lengths() -> Result<()> {
    let tracked = process::output(Command::new("git").args(["ls-files", "*.rs"]).current_dir(paths::root()))?;
    let mut too_long = Vec::new();
    for name in tracked.lines() {
        let path = paths::root().join(name);
        // git also lists files whose removal is not committed yet.
        if path.exists() {
            let lines = files::read_text(&path)?.lines().count();
            if lines > MAX_LINES {
                too_long.push(format!("{name} ({lines})"));
            }
        }
    }
    ensure!(too_long.is_empty(), "longer than {MAX_LINES} lines: {}", too_long.join(", "));
    Ok(())
}
