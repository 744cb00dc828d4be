//! `cargo xtask run`: from nothing to a server on <http://localhost:3000>.

use std::borrow::Cow;
use std::env;
use std::ffi::OsString;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::site::frontend;
use crate::support::apple::PushService;
use crate::support::mode::Mode;
use crate::support::steps::Steps;
use crate::support::{paths, process};
use crate::tasks::demo;

/// Where the server listens by default.
const LISTEN: &str = "127.0.0.1:3000";

/// Builds everything, then replaces this process by the server. Returns only if something fails.
pub fn run(mode: Mode, demo: bool, arguments: &[OsString]) -> Result<()> {
    let mut steps = Steps::new(frontend::step_count(mode) + 2 + usize::from(demo));
    frontend::build(mode, &mut steps)?;
    steps.run("Compile the server", || process::compile(mode, "server"))?;
    if demo {
        steps.run("Compile the simulated phones", || process::compile(mode, "agent"))?;
    }
    let listen = setting(arguments, "--listen", "ROLLCALL_LISTEN").unwrap_or_else(|| LISTEN.to_owned());
    let port = listen.rsplit(':').next().unwrap_or_default();
    let mut command = Command::new(paths::program(mode, "rollcall"));
    command.current_dir(paths::root()).arg("serve").args(arguments);
    // As variables, because flags in `arguments` override them.
    default_variable(&mut command, "ROLLCALL_LISTEN", &listen);
    default_variable(&mut command, "ROLLCALL_PUBLIC_URL", &format!("http://localhost:{port}"));
    steps.announce("Start the server");
    if demo {
        let data = setting(arguments, "--data-dir", "ROLLCALL_DATA_DIR").unwrap_or_else(|| "data".to_owned());
        let push = PushService::prepare(mode, Path::new(&data))?;
        default_variable(&mut command, "ROLLCALL_APPLE_PUSH_URL", &push.url());
        default_variable(&mut command, "ROLLCALL_APPLE_PUSH_CA", &push.authority());
        demo::start(mode, &listen, &data, &push)?;
        command.arg("--demo");
    }
    // The server replaces this process: it gets the signals, and its exit code is the task's.
    let error = command.exec();
    Err(error).with_context(|| format!("could not start {}", command.get_program().display()))
}

fn default_variable(command: &mut Command, name: &str, value: &str) {
    if env::var_os(name).is_none() {
        command.env(name, value);
    }
}

/// The value of a setting of the server: the flag's, else the environment variable's.
fn setting(arguments: &[OsString], flag: &str, variable: &str) -> Option<String> {
    let mut texts = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(text) = texts.next() {
        if text == flag {
            return texts.next().map(Cow::into_owned);
        }
        if let Some(value) = text.strip_prefix(flag).and_then(|rest| rest.strip_prefix('=')) {
            return Some(value.to_owned());
        }
    }
    env::var(variable).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listen(arguments: &[&str]) -> Option<String> {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        setting(&arguments, "--listen", "ROLLCALL_NO_SUCH_VARIABLE")
    }

    #[test]
    fn a_flag_is_found_with_its_value_beside_or_attached() {
        assert_eq!(listen(&["--listen", "[::1]:80"]).as_deref(), Some("[::1]:80"));
        assert_eq!(listen(&["-v", "--listen=[::1]:80"]).as_deref(), Some("[::1]:80"));
    }

    #[test]
    fn a_flag_with_the_same_beginning_is_another_one() {
        assert_eq!(listen(&["--listen-backlog", "9", "--listener=a"]), None);
    }
}
