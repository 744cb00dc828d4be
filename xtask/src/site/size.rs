//! Budgets of what a browser has to load.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::{compress, frontend, publish};
use crate::support::mode::Mode;
use crate::support::steps::Steps;
use crate::support::{files, paths};

/// Budgets of the console's files, in bytes after brotli.
const BUDGETS: [(&str, &str, u64); 3] =
    [("WebAssembly", "wasm", 350_000), ("JavaScript", "js", 15_000), ("Style sheet", "css", 15_000)];

/// The scripts that the server carries, and their budgets in bytes after brotli.
const SCRIPTS: [(&str, &str, u64); 4] = [
    ("Command palette", "app/src/frame/palette/palette.js", 2_000),
    ("Back", "app/src/frame/back/back.js", 2_000),
    ("Live connection", "app/src/data/live_connection/live.js", 4_800),
    ("Start", "app/src/frame/start/start.js", 2_500),
];

/// The budget of the landing page with everything it loads, in bytes.
const LANDING_BUDGET: u64 = 30_000;

/// Builds the optimised front end and checks it.
pub fn build_and_check() -> Result<()> {
    let mut steps = Steps::new(frontend::step_count(Mode::Release));
    frontend::build(Mode::Release, &mut steps)?;
    check()
}

/// Prints the size of every file with a budget. Fails if one is over it.
pub fn check() -> Result<()> {
    println!("\nBrotli                bytes   budget");
    let mut over = Vec::new();
    for (name, extension, budget) in BUDGETS {
        let packed = compress::sibling(&publish::file(extension)?, "br");
        let bytes = fs::metadata(&packed).with_context(|| format!("{} is missing", packed.display()))?.len();
        report(name, bytes, budget, &mut over);
    }
    for (name, file, budget) in SCRIPTS {
        report(name, packed_size(&paths::root().join(file))?, budget, &mut over);
    }
    if let Some(bytes) = landing_page(&paths::root().join("target/landing-size.txt"))? {
        report("Landing page", bytes, LANDING_BUDGET, &mut over);
    }
    ensure!(over.is_empty(), "over budget: {}", over.join(", "));
    Ok(())
}

/// The size of a file after brotli.
fn packed_size(file: &Path) -> Result<u64> {
    Ok(u64::try_from(compress::brotli(&files::read(file)?, Mode::Release.brotli_quality())?.len())?)
}

/// The size that the test of the landing page measured, if it ran.
fn landing_page(measured: &Path) -> Result<Option<u64>> {
    if !measured.exists() {
        return Ok(None);
    }
    let text = files::read_text(measured)?;
    let bytes =
        text.trim().parse().with_context(|| format!("{} does not contain a number of bytes", measured.display()))?;
    Ok(Some(bytes))
}

fn report<'a>(name: &'a str, bytes: u64, budget: u64, over: &mut Vec<&'a str>) {
    let mark = if bytes > budget { "  OVER" } else { "" };
    println!("{name:<18} {bytes:>8} {budget:>8}{mark}");
    if bytes > budget {
        over.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_use_its_whole_budget_and_not_a_byte_more() {
        let mut over = Vec::new();
        report("whole", 30_000, 30_000, &mut over);
        report("more", 30_001, 30_000, &mut over);
        assert_eq!(over, ["more"]);
    }

    #[test]
    fn the_landing_page_is_reported_only_when_it_was_measured() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("landing-size.txt");
        assert_eq!(landing_page(&file)?, None);
        files::write(&file, "12345\n")?;
        assert_eq!(landing_page(&file)?, Some(12_345));
        files::write(&file, "many")?;
        assert!(landing_page(&file).is_err());
        Ok(())
    }
}
