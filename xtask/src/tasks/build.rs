//! `cargo xtask build`: the programs, `rollcall` and `rollcall-agent`.

use anyhow::Result;

use crate::site::frontend;
use crate::support::mode::Mode;
use crate::support::process;
use crate::support::steps::Steps;

/// Builds the front end, then the server, which in release mode takes the site in.
pub fn run(mode: Mode) -> Result<()> {
    let mut steps = Steps::new(frontend::step_count(mode) + 1);
    server_with_site(mode, &mut steps)?;
    steps.print_summary();
    Ok(())
}

/// Compiles the front end, then the server, which in release mode takes the site in.
pub fn server_with_site(mode: Mode, steps: &mut Steps) -> Result<()> {
    frontend::build(mode, steps)?;
    steps.run("Compile the server", || process::compile(mode, "server"))
}
