//! `cargo xtask bench load`: the first load of pages on a phone with a slow connection, measured by Lighthouse.

use anyhow::Result;

use crate::install::{node, packages};
use crate::support::mode::Mode;
use crate::support::paths;
use crate::tasks::{build, test};

/// Builds the optimised server with the site inside, installs Lighthouse, and measures. Fails if a page is over its
/// budget.
pub fn run() -> Result<()> {
    packages::install_for_tests()?;
    build::run(Mode::Release)?;
    // Lighthouse has a lock file of its own, because the tests do not need it.
    node::install_locked(&paths::end2end().join("measurements"))?;
    test::run_playwright("measurements.config.ts", Mode::Release, &[])
}
