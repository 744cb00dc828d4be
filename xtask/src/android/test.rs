//! `cargo xtask android test`: the tests of the app, which are programs with a `main`.
//!
//! Each class whose name ends in `Test` is one. It prints a last line `N passed, N failed` and ends with another exit code
//! than 0 if one failed. `EndToEnd` plays phones against the real server, which is started for it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use super::{build, places, tools};
use crate::support::mode::Mode;
use crate::support::server::RunningServer;
use crate::support::steps::Steps;
use crate::support::{files, paths, process};

/// The class that needs the real server.
const END_TO_END: &str = "net.rollcall.core.EndToEnd";

/// Runs the tests with one of `names` in their names, or all.
pub fn run(names: &[String]) -> Result<()> {
    let is_chosen = |test: &str| names.is_empty() || names.iter().any(|name| test.contains(name.as_str()));
    let mut steps = Steps::new(if is_chosen(END_TO_END) { 6 } else { 4 });
    steps.run("Install what is missing", tools::ensure)?;
    steps.run("Compile the packer", build::compile_packer)?;
    let class_path = steps.run("Compile Java", compile)?;
    steps.run("Run the tests", || run_all(&class_path, is_chosen))?;
    if is_chosen(END_TO_END) {
        steps.run("Compile the server", || process::compile(Mode::Dev, "server"))?;
        steps.run("Phones against the server", || end_to_end(&class_path))?;
    }
    steps.print_summary();
    Ok(())
}

/// Compiles the app and its tests, and returns the class path.
fn compile() -> Result<String> {
    build::compile()?;
    let path = vec![build::classes(), build::stub_classes(), PathBuf::from(tools::JSON)];
    let sources: Vec<PathBuf> = ["core", "host"].iter().map(|part| places::sources().join("test").join(part)).collect();
    let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).filter(|path| path.exists()).collect();
    tools::javac("tests", &sources, &path.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
    let all = [vec![places::target().join("tests")], path].concat();
    Ok(tools::joined(&all.iter().map(PathBuf::as_path).collect::<Vec<_>>()))
}

fn run_all(class_path: &str, is_chosen: impl Fn(&str) -> bool) -> Result<()> {
    let tests: Vec<String> =
        files::list(&places::target().join("tests"))?.iter().filter_map(|path| name(path)).collect();
    let chosen: Vec<&String> = tests.iter().filter(|test| is_chosen(test)).collect();
    ensure!(
        !chosen.is_empty() || is_chosen(END_TO_END),
        "there is no such test; there are {}, {END_TO_END}",
        tests.join(", ")
    );
    let mut failed = Vec::new();
    for test in chosen {
        if !process::status(java(class_path).arg(test))?.success() {
            failed.push(test.as_str());
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("failed: {}", failed.join(", ")) }
}

/// Starts the server with an empty data folder and plays phones against it.
fn end_to_end(class_path: &str) -> Result<()> {
    let data = places::target().join("end-to-end");
    files::empty_folder(&data)?;
    let program = paths::program(Mode::Dev, "rollcall");
    make_account(&program, &data)?;
    let mut server = RunningServer::start(&program, &data, "phones")?;
    server.wait_until_ready()?;
    let status = java(class_path).args([END_TO_END, &server.url(), server.token()]).status()?;
    ensure!(status.success(), "the phones were not treated as they should be");
    Ok(())
}

/// A server wants an account before it gives out tokens.
fn make_account(program: &Path, data: &Path) -> Result<()> {
    let mut command = Command::new(program);
    command.args(["account", "create", "--email", "phones@example.com", "--password-stdin", "--data-dir"]).arg(data);
    let mut child = command.stdin(Stdio::piped()).spawn().context("could not start the server's program")?;
    if let Some(input) = child.stdin.as_mut() {
        input.write_all(b"a password for phones that are none\n")?;
    }
    ensure!(child.wait()?.success(), "the account could not be made");
    Ok(())
}

/// Java with assertions, which tests rely on.
fn java(class_path: &str) -> Command {
    let mut java = Command::new("java");
    java.arg("-ea").arg(format!("-Drollcall.sources={}", places::sources().display()));
    java.args(["-cp", class_path]).current_dir(paths::root());
    java
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
