//! `cargo xtask mutants`: changes the code in small ways, one at a time, and looks whether a test notices. A change that
//! nobody notices is a rule without a test. `cargo-mutants` does it; this installs it, chooses what to change, and judges.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::install::consent;
use crate::support::{files, paths, process};

/// What is installed where the tool is missing.
const TOOL: &str = "cargo-mutants@27.1.0";
/// The crates that are changed.
const PACKAGES: [&str; 4] = ["domain", "service", "store", "store-sqlite"];
/// The crate that its own tests hold: they are quick, and nothing else belongs to its rules.
const BY_ITS_OWN_TESTS: &str = "domain";
/// The crates whose tests hold the others: most of them are used through the server's doors.
const TESTED_BY: [&str; 3] = ["service", "store-sqlite", "server"];
/// The page that names the changes that no test has to notice, with the reason.
const ACCEPTED: &str = "docs/mutants.md";
/// Percent of the changes that tests have to notice.
const LEAST: usize = 95;
/// Exit codes of the tool that mean: it ran, and some changes were not noticed, or made a test run for ever.
const RAN: [i32; 3] = [0, 2, 3];

/// What is changed.
pub struct Scope {
    /// All code, not only what differs from `base`.
    pub all: bool,
    /// `K/N`: one of N parts.
    pub shard: Option<String>,
    /// The crates; the usual ones when there are none.
    pub packages: Vec<String>,
    /// The branch or commit to compare with.
    pub base: String,
}

/// Changes the code, prints what no test noticed, and fails when that is too much.
pub fn run(scope: &Scope) -> Result<()> {
    install()?;
    let output = paths::root().join("target/mutants");
    files::empty_folder(&output)?;
    let mut outcomes = Outcomes::default();
    let (own, others): (Vec<&str>, Vec<&str>) =
        packages(scope).into_iter().partition(|package| *package == BY_ITS_OWN_TESTS);
    for (packages, tested_by) in [(own, &[][..]), (others, &TESTED_BY)] {
        if !packages.is_empty() {
            outcomes.add(change(scope, &packages, tested_by, &output.join(packages.join("-")))?);
        }
    }
    let accepted = fs::read_to_string(paths::root().join(ACCEPTED)).unwrap_or_default();
    judge(&outcomes, &accepted)
}

/// Changes `packages` and runs the tests of `tested_by`; without any, those of the package that is changed.
fn change(scope: &Scope, packages: &[&str], tested_by: &[&str], output: &Path) -> Result<Outcomes> {
    files::empty_folder(output)?;
    let mut cargo = process::cargo();
    cargo.args(["mutants", "--no-shuffle", "--jobs", "1", "--output"]).arg(output);
    if process::find("cargo-nextest").is_some() {
        cargo.args(["--test-tool", "nextest"]);
    }
    for package in packages {
        cargo.args(["--package", package]);
    }
    for package in tested_by {
        cargo.args(["--test-package", package]);
    }
    if let Some(shard) = &scope.shard {
        cargo.args(["--shard", shard]);
    }
    if !scope.all {
        cargo.arg("--in-diff").arg(changes_since(&scope.base, output)?);
    }
    let status = process::status(&mut cargo)?;
    ensure!(status.code().is_some_and(|code| RAN.contains(&code)), "the tests fail, or do not compile, as they are");
    Outcomes::read(&output.join("mutants.out"))
}

fn packages(scope: &Scope) -> Vec<&str> {
    if scope.packages.is_empty() { PACKAGES.to_vec() } else { scope.packages.iter().map(String::as_str).collect() }
}

fn install() -> Result<()> {
    if process::find("cargo-mutants").is_some() {
        return Ok(());
    }
    let arguments = ["install", "--locked", TOOL];
    consent::obtain(&["cargo-mutants, which changes the code".into()], &[format!("cargo {}", arguments.join(" "))])?;
    process::run(process::cargo().args(arguments))
}

/// Writes what differs from where the branch left `base` into a file.
fn changes_since(base: &str, folder: &Path) -> Result<PathBuf> {
    let git = |arguments: &[&str]| process::output(Command::new("git").current_dir(paths::root()).args(arguments));
    let start = git(&["merge-base", base, "HEAD"]).with_context(|| format!("there is no {base} to compare with"))?;
    let changes = git(&["diff", &start])?;
    if changes.is_empty() {
        bail!("nothing differs from {base}; `--all` changes everything");
    }
    let file = folder.join("changes.diff");
    files::write(&file, changes + "\n")?;
    Ok(file)
}

/// What became of the changes, one in a line.
#[derive(Debug, Default)]
struct Outcomes {
    /// How many were noticed, by a test that failed or that ran for too long.
    noticed: usize,
    /// Those that no test noticed.
    missed: Vec<String>,
}

impl Outcomes {
    fn read(folder: &Path) -> Result<Self> {
        let lines = |name: &str| -> Result<Vec<String>> {
            let file = folder.join(name);
            let text = if file.exists() { fs::read_to_string(file)? } else { String::new() };
            Ok(text.lines().map(str::to_owned).collect())
        };
        let noticed = lines("caught.txt")?.len() + lines("timeout.txt")?.len();
        Ok(Self { noticed, missed: lines("missed.txt")? })
    }

    fn add(&mut self, other: Self) {
        self.noticed += other.noticed;
        self.missed.extend(other.missed);
    }
}

/// Prints the result. Fails when a change was missed that the page does not name, or when too many were.
fn judge(outcomes: &Outcomes, accepted: &str) -> Result<()> {
    let viable = outcomes.noticed + outcomes.missed.len();
    if viable == 0 {
        println!("\nThere was nothing to change.");
        return Ok(());
    }
    let percent = outcomes.noticed * 100 / viable;
    println!("\n{} of {viable} changes were noticed: {percent} %", outcomes.noticed);
    let is_accepted = |change: &&String| accepted.contains(&format!("`{}`", without_position(change)));
    let (known, new): (Vec<&String>, Vec<&String>) = outcomes.missed.iter().partition(is_accepted);
    println!("{} that were not are named in {ACCEPTED}", known.len());
    let list: Vec<&str> = new.iter().map(|change| change.as_str()).collect();
    ensure!(
        new.is_empty(),
        "no test noticed these; write one, or name the change in {ACCEPTED}:\n    {}",
        list.join("\n    ")
    );
    ensure!(percent >= LEAST, "{LEAST} % are required");
    Ok(())
}

/// A change without its line and column, which move with every edit: `path.rs: replace …`.
fn without_position(change: &str) -> String {
    let Some((place, what)) = change.split_once(": ") else { return change.to_owned() };
    let path = place.split(':').next().unwrap_or(place);
    format!("{path}: {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MISSED: &str = "crates/domain/src/mail.rs:12:5: replace is_due -> bool with true";
    const PAGE: &str = "- `crates/domain/src/mail.rs: replace is_due -> bool with true`: the same either way";

    fn outcomes(noticed: usize) -> Outcomes {
        Outcomes { noticed, missed: vec![MISSED.to_owned()] }
    }

    #[test]
    fn a_change_that_was_missed_has_to_be_named_and_few_may_be() {
        assert!(judge(&outcomes(99), PAGE).is_ok());
        assert!(judge(&outcomes(99), "").is_err());
        assert!(judge(&outcomes(10), PAGE).is_err());
        assert!(judge(&Outcomes::default(), "").is_ok());
    }

    #[test]
    fn a_change_is_known_wherever_it_stands_in_its_file() {
        assert_eq!(without_position(MISSED), "crates/domain/src/mail.rs: replace is_due -> bool with true");
        assert_eq!(
            without_position("a.rs:1:2: replace == with != in f::<impl X for Y>::g"),
            "a.rs: replace == with != in f::<impl X for Y>::g"
        );
    }
}
