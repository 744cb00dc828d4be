//! `cargo xtask test` and `cargo xtask screenshots`: what runs the product in tests and browsers.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use clap::ValueEnum;

use crate::install::{node, packages};
use crate::site::{frontend, size};
use crate::support::mode::Mode;
use crate::support::postgres::Postgres;
use crate::support::steps::Steps;
use crate::support::{paths, process};
use crate::tasks::earlier;

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Everything that `cargo test` runs: rules, store, protocols.
    Unit,
    /// The browser tests, and the size of what a browser loads.
    Browser,
}

/// Runs one part of the tests, or all of them, and prints how long each step took.
/// `names` chooses among the tests of a part.
pub fn run(only: Option<Part>, names: &[OsString]) -> Result<()> {
    let unit = only != Some(Part::Browser);
    let browser = only != Some(Part::Unit);
    let browser_steps = frontend::step_count(Mode::Release) + 4;
    let mut steps = Steps::new(1 + 2 * usize::from(unit) + if browser { browser_steps } else { 0 });
    let result = run_parts(unit, browser, names, &mut steps);
    steps.print_summary();
    result
}

fn run_parts(unit: bool, browser: bool, names: &[OsString], steps: &mut Steps) -> Result<()> {
    steps.run("Install what is missing", packages::install_for_tests)?;
    let postgres = Postgres::start()?;
    if unit {
        // Only for all tests: it takes minutes.
        let compile = || if names.is_empty() { earlier::program() } else { Ok(earlier::found()) };
        let earlier = steps.run("Compile an earlier version", compile)?;
        steps.run("Unit and protocol tests", || run_unit_tests(&postgres, earlier, names))?;
    }
    if browser {
        frontend::build(Mode::Release, steps)?;
        steps.run("Compile the programs", compile_programs)?;
        steps.run("Browser tests", || run_playwright("playwright.config.ts", Mode::Dev, names))?;
        steps.run("Browser tests on PostgreSQL", || run_on_postgres(&postgres, names))?;
        steps.run("Sizes", size::check)?;
    }
    Ok(())
}

/// Everything but the front end, which is for WebAssembly and whose features must not be enabled in the server.
pub const HOST_PACKAGES: [&str; 3] = ["--workspace", "--exclude", "frontend"];

/// The variable that names the PostgreSQL of the tests.
const TEST_POSTGRES: &str = "ROLLCALL_TEST_POSTGRES";
/// The variable that names another one, which a test stops and starts.
const STOPPABLE_POSTGRES: &str = "ROLLCALL_TEST_STOPPABLE_POSTGRES";
/// The variable with the command by which it does so.
const STOPPABLE_CONTROL: &str = "ROLLCALL_TEST_STOPPABLE_CONTROL";
/// The variable with the path of an earlier version's program.
const EARLIER: &str = "ROLLCALL_TEST_EARLIER";

fn run_unit_tests(postgres: &Postgres, earlier: Option<PathBuf>, names: &[OsString]) -> Result<()> {
    let mut cargo = process::cargo();
    if process::find("cargo-nextest").is_some() {
        cargo.args(["nextest", "run"]);
    } else {
        cargo.arg("test");
    }
    let stoppable = Postgres::start()?;
    cargo.env(STOPPABLE_POSTGRES, stoppable.url()).env(STOPPABLE_CONTROL, stoppable.control()?);
    cargo.envs(earlier.map(|program| (EARLIER, program)));
    process::run(cargo.args(HOST_PACKAGES).args(names).env(TEST_POSTGRES, postgres.url()))
}

/// Compiles the programs in the same way as the unit tests: with other features, Cargo would compile most of their
/// dependencies again.
fn compile_programs() -> Result<()> {
    process::run(process::cargo().arg("build").args(HOST_PACKAGES).args(["--bins", "--tests"]))
}

/// Takes a picture of every page into `target/screenshots`.
pub fn screenshots() -> Result<()> {
    let mut steps = Steps::new(frontend::step_count(Mode::Release) + 3);
    steps.run("Install what is missing", packages::install_for_tests)?;
    frontend::build(Mode::Release, &mut steps)?;
    steps.run("Compile the programs", compile_programs)?;
    steps.run("Take pictures", || run_playwright("screenshots.config.ts", Mode::Dev, &[]))?;
    println!("\nThe pictures are in target/screenshots.");
    Ok(())
}

/// Runs a configuration of `end2end` with the programs of `mode`: the files with one of `names` in their path, or all.
pub fn run_playwright(config: &str, mode: Mode, names: &[OsString]) -> Result<()> {
    process::run(&mut playwright(config, mode, names)?)
}

/// Runs those tests again that go through everything that the database does, on PostgreSQL.
fn run_on_postgres(postgres: &Postgres, names: &[OsString]) -> Result<()> {
    let mut playwright = playwright("postgres.config.ts", Mode::Dev, names)?;
    // None of the chosen ones may be among these.
    process::run(playwright.arg("--pass-with-no-tests").env(TEST_POSTGRES, postgres.url()))
}

fn playwright(config: &str, mode: Mode, names: &[OsString]) -> Result<Command> {
    ensure!(paths::end2end().join(config).exists(), "end2end/{config} is missing");
    let chromium = packages::chromium().context("there is no Chromium")?;
    let mut playwright = node::program("playwright");
    playwright
        .args(["test", "--config", config])
        .args(names)
        .env("ROLLCALL_BIN", paths::program(mode, "rollcall"))
        .env("ROLLCALL_AGENT_BIN", paths::program(mode, "rollcall-agent"))
        .env("CHROMIUM", chromium);
    Ok(playwright)
}
