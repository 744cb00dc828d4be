//! `cargo xtask android test`: the tests of the app, which are programs with a `main`.
//!
//! Each class whose name ends in `Test` is one. It prints a last line `N passed, N failed` and ends with another exit code
//! than 0 if one failed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail, ensure};

use super::{build, places, tools};
use crate::support::steps::Steps;
use crate::support::{files, paths, process};

/// Runs the tests with one of `names` in their names, or all.
pub fn run(names: &[String]) -> Result<()> {
    let mut steps = Steps::new(4);
    steps.run("Install what is missing", tools::ensure)?;
    steps.run("Compile the packer", build::compile_packer)?;
    let classes = steps.run("Compile Java", compile)?;
    steps.run("Run the tests", || run_all(&classes, names))?;
    steps.print_summary();
    Ok(())
}

/// Compiles the app and its tests, and returns the class path.
fn compile() -> Result<Vec<PathBuf>> {
    build::compile()?;
    let path = vec![build::classes(), build::stub_classes(), PathBuf::from(tools::JSON)];
    let sources: Vec<PathBuf> = ["core", "host"].iter().map(|part| places::sources().join("test").join(part)).collect();
    let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).filter(|path| path.exists()).collect();
    tools::javac("tests", &sources, &path.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
    Ok([vec![places::target().join("tests")], path].concat())
}

fn run_all(class_path: &[PathBuf], names: &[String]) -> Result<()> {
    let class_path = tools::joined(&class_path.iter().map(PathBuf::as_path).collect::<Vec<_>>());
    let tests: Vec<String> =
        files::list(&places::target().join("tests"))?.iter().filter_map(|path| name(path)).collect();
    let chosen = tests.iter().filter(|test| names.is_empty() || names.iter().any(|name| test.contains(name.as_str())));
    let chosen: Vec<&String> = chosen.collect();
    ensure!(!chosen.is_empty(), "there is no such test; there are {}", tests.join(", "));
    let mut failed = Vec::new();
    for test in chosen {
        let mut java = Command::new("java");
        let sources = format!("-Drollcall.sources={}", places::sources().display());
        java.args(["-ea", &sources, "-cp", &class_path, test]).current_dir(paths::root());
        if !process::status(&mut java)?.success() {
            failed.push(test.as_str());
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("failed: {}", failed.join(", ")) }
}

/// The class of a test, from the path of its file.
fn name(path: &Path) -> Option<String> {
    let name = path.to_str()?.strip_suffix(".class")?.replace('/', ".");
    (name.ends_with("Test") && !name.contains('$')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_end_in_test_are_tests() {
        let named = |path: &str| name(Path::new(path));
        assert_eq!(named("net/rollcall/core/CoreTest.class").as_deref(), Some("net.rollcall.core.CoreTest"));
        assert_eq!(named("CoreTest$1.class"), None);
        assert_eq!(named("Tests.class"), None);
    }
}
