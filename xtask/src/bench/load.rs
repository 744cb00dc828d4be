//! `cargo xtask bench load`: the first load of pages on a phone with a slow connection, measured by Lighthouse.

use anyhow::Result;

use crate::install::{node, packages};
use crate::support::mode::Mode;
use crate::support::paths;
use crate::tasks::build;
use crate::tasks::test;

/// Builds the optimised server with the site inside, installs Lighthouse, and measures.
pub fn run() -> Result<()> {
    packages::install_for_tests()?;
    build::run(Mode::Release)?;
    // Packages of their own: tests need none of them.
    node::install_locked(&paths::end2end().join("measurements"))?;
    test::run_playwright("measurements.config.ts", Mode::Release, &[])
}
