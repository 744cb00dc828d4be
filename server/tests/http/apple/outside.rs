//! Runs programs of other people, where they are installed.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Output},
};

/// Runs a program in a folder, beside the server, which goes on answering. `None` and a loud line where it is absent.
pub async fn run(program: &str, arguments: &[&str], folder: &Path) -> Option<Output> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    match tokio::task::spawn_blocking(move || command.output()).await.unwrap() {
        Ok(output) => Some(output),
        Err(error) => {
            skipped(&format!("{program} cannot be run ({error})"));
            None
        }
    }
}

/// What a program printed, which has to succeed.
pub fn succeeded(output: Output) -> Vec<u8> {
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", said(&output.stderr), said(&output.stdout));
    output.stdout
}

/// Says that something was not tried, so that nobody overlooks it.
pub fn skipped(why: &str) {
    let line = format!("\n*** SKIPPED: {why}; nothing was compared with it ***\n\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}
