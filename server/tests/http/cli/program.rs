//! The program itself: its command line, its files and its log.

use crate::{
    cli::faults::Faults,
    harness::{by_pin, by_token, client, text},
};
use reqwest::Client;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::{
    env,
    fs::{self, File},
    io::{BufRead as _, BufReader, Write as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
};

/// The program in a process of its own.
pub struct Program {
    child: Child,
    pub base: String,
    /// What it prints, up to the line with its address.
    pub greeting: Vec<String>,
}

impl Program {
    /// Starts it, and returns once it has printed its address.
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &["--log", "warn"], Stdio::inherit())
    }

    /// Starts it on a disk that may have faults.
    pub fn start_on(data: &Path, faults: Option<&Faults>) -> Self {
        let mut command = rollcall(data);
        if let Some(faults) = faults {
            faults.preload_into(&mut command);
        }
        // An outage is told in the log; tests that make one look at the answers.
        Self::spawn(command, &["--log", "off"], Stdio::inherit())
    }

    /// Starts it with more flags.
    pub fn start_with_flags(data: &Path, flags: &[&str]) -> Self {
        Self::start_with(data, &[&["--log", "warn"], flags].concat(), Stdio::inherit())
    }

    pub fn start_with(data: &Path, flags: &[&str], log: impl Into<Stdio>) -> Self {
        Self::spawn(rollcall(data), flags, log)
    }

    /// Starts another version of it.
    pub fn start_of(version: &Version, data: &Path, flags: &[&str]) -> Self {
        Self::spawn(version.command(data), &[&["--log", "warn"], flags].concat(), Stdio::inherit())
    }

    fn spawn(mut command: Command, flags: &[&str], log: impl Into<Stdio>) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(flags).stdout(Stdio::piped()).stderr(log);
        let mut program = Self { child: command.spawn().unwrap(), base: String::new(), greeting: Vec::new() };
        let lines = BufReader::new(program.child.stdout.take().unwrap()).lines().map_while(Result::ok);
        for line in lines {
            if let Some(base) = line.strip_prefix("Rollcall listens on ") {
                base.clone_into(&mut program.base);
                return program;
            }
            program.greeting.push(line);
        }
        panic!("it does not listen: {:?}", program.greeting);
    }

    /// Asks it to end, as an operator does, and waits until it has.
    pub fn stop(mut self) -> ExitStatus {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        self.child.wait().unwrap()
    }

    /// Kills it, as the operating system does when it is out of memory.
    pub fn kill(self) {
        drop(self);
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Nothing can be done about a process that does not end.
        let _ = self.child.kill().and_then(|()| self.child.wait().map(drop));
    }
}

/// A version of the program.
#[derive(Clone)]
pub struct Version(PathBuf);

impl Version {
    /// The one that is tested.
    pub fn this() -> Self {
        Self(env!("CARGO_BIN_EXE_rollcall").into())
    }

    /// An earlier one. Where there is none, a line says that the test is skipped.
    #[expect(clippy::print_stderr, reason = "a skipped test has to be seen")]
    pub fn earlier() -> Option<Self> {
        let program = env::var_os("ROLLCALL_TEST_EARLIER").map(|program| Self(program.into()));
        if program.is_none() {
            eprintln!("SKIPPED: ROLLCALL_TEST_EARLIER names no program of an earlier version");
        }
        program
    }

    /// The program on a data folder.
    fn command(&self, data: &Path) -> Command {
        let mut command = Command::new(&self.0);
        command.env("ROLLCALL_DATA_DIR", data);
        command
    }

    /// Runs a command of the program, and returns what it prints.
    pub fn run(&self, data: &Path, arguments: &[&str]) -> String {
        let output = self.command(data).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Runs a command that reads from its standard input.
    pub fn run_with_input(&self, data: &Path, arguments: &[&str], input: &str) {
        let mut command = self.command(data);
        let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{input}").unwrap();
        assert!(child.wait().unwrap().success());
    }
}

/// The program on a data folder.
pub fn rollcall(data: &Path) -> Command {
    Version::this().command(data)
}

/// Runs a command of the program, and returns what it prints.
pub fn run(data: &Path, arguments: &[&str]) -> String {
    Version::this().run(data, arguments)
}

/// Runs a command that reads from its standard input.
pub fn run_with_input(data: &Path, arguments: &[&str], input: &str) {
    Version::this().run_with_input(data, arguments, input);
}

/// Runs a command that the program refuses, and returns the error.
pub fn refused(data: &Path, arguments: &[&str]) -> String {
    let output = rollcall(data).args(arguments).output().unwrap();
    assert!(!output.status.success(), "{arguments:?} was not refused");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_bad_setting_gets_one_sentence_and_exit_code_2() {
    let dir = tempfile::tempdir().unwrap();
    let bad =
        rollcall(dir.path()).args(["serve", "--smtp-url", "smtp://ada:hunter2@mail.example.com"]).output().unwrap();
    let words = String::from_utf8(bad.stderr).unwrap();
    assert_eq!(bad.status.code(), Some(2));
    assert_eq!(words.trim().lines().count(), 1, "{words}");
    assert!(words.contains("--smtp-url") && !words.contains("hunter2"), "{words}");
}

#[test]
fn a_secret_of_the_environment_does_not_show_in_the_help() {
    let dir = tempfile::tempdir().unwrap();
    let help = rollcall(dir.path())
        .env("ROLLCALL_SMTP_URL", "smtp://ada:hunter2@x")
        .args(["serve", "--help"])
        .output()
        .unwrap();
    let words = String::from_utf8(help.stdout).unwrap();
    assert!(words.contains("ROLLCALL_SMTP_URL") && !words.contains("hunter2"), "{words}");
}

#[test]
fn accounts_and_tokens_are_created_on_the_command_line() {
    let dir = tempfile::tempdir().unwrap();
    let create = |password: &str| {
        let mut child = rollcall(dir.path())
            .args(["account", "create", "--email", "Ada@example.com", "--password-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.take().unwrap(), "{password}").unwrap();
        child.wait_with_output().unwrap()
    };
    assert_eq!(create("short").status.code(), Some(1));
    assert_eq!(create("passwordpassword").status.code(), Some(1));
    assert!(create("correct horse battery staple").status.success());
    assert_eq!(create("correct horse battery staple").status.code(), Some(1));
    let link =
        run(dir.path(), &["accounts", "reset-link", "ada@example.com", "--public-url", "https://mdm.example.com"]);
    assert!(link.starts_with("https://mdm.example.com/reset/") && link.len() > 60, "{link}");
    assert!(refused(dir.path(), &["account", "reset-link", "bob@example.com"]).contains("no account"));
    assert!(run(dir.path(), &["token", "create", "--name", "backup"]).starts_with("rct_"));
    assert!(run(dir.path(), &["token", "list"]).contains("backup"));
    run(dir.path(), &["token", "revoke", "--name", "backup"]);
    assert!(!run(dir.path(), &["token", "list"]).contains("backup"));
}

/// An invitation that the API made and mailed, with its credentials.
pub async fn invite(http: &Client, base: &str, script: &str) -> Value {
    let invitations = format!("{base}/api/v1/invitations");
    let body = json!({"email": "ada@example.com", "send": true});
    let made = http.post(&invitations).bearer_auth(script).json(&body).send().await.unwrap();
    let id = text(&made.json().await.unwrap(), "id");
    let credentials = http.get(format!("{invitations}/{id}/credentials")).bearer_auth(script).send().await.unwrap();
    credentials.json().await.unwrap()
}

#[tokio::test]
async fn no_secret_is_written_to_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let (data, http) = (dir.path(), client());
    let log = data.join("log.txt");
    let script = run(data, &["token", "create", "--name", "test"]);
    let program = Program::start_with(data, &["--log", "trace"], File::create(&log).unwrap());
    let base = program.base.clone();
    let credentials = invite(&http, &base, &script).await;
    let (token, pin) = (text(&credentials, "url").rsplit('/').next().unwrap().to_owned(), text(&credentials, "pin"));
    http.get(format!("{base}/e/{token}")).send().await.unwrap();
    http.post(format!("{base}/e/{token}/seen")).send().await.unwrap();
    http.get(format!("{base}/setup/0123456789abcdef")).send().await.unwrap();
    let enroll = async |body: Value| {
        let reply = http.post(format!("{base}/agent/v1/enroll")).json(&body).send().await.unwrap();
        text(&reply.json().await.unwrap(), "device_secret")
    };
    let secrets = [
        enroll(by_token(&token, 1)).await,
        enroll(by_pin("ada@example.com", &pin, 2)).await,
        pin.replace(' ', ""),
        token,
        pin,
        script,
        "0123456789abcdef".to_owned(),
    ];
    program.kill();
    let log = fs::read_to_string(log).unwrap();
    assert!(log.contains("/e/{token}") && log.contains("/agent/v1/enroll"), "{log}");
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log");
    }
}

#[test]
fn the_demo_writes_enrollment_urls_that_only_the_owner_can_read() {
    let dir = tempfile::tempdir().unwrap();
    let program = Program::start_with(dir.path(), &["--log", "warn", "--demo"], Stdio::inherit());
    assert!(program.greeting.iter().any(|line| line.contains("sample people")), "{:?}", program.greeting);
    let urls = dir.path().join("demo-urls.txt");
    let first = fs::read_to_string(&urls).unwrap();
    assert!(first.lines().count() >= 9 && first.lines().all(|url| url.contains("/e/")), "{first}");
    let iphones = fs::read_to_string(dir.path().join("demo-urls-iphone.txt")).unwrap();
    assert!(iphones.lines().count() >= 5 && iphones.lines().all(|url| !first.contains(url)), "{iphones}");
    for name in ["demo-urls.txt", "demo-urls-iphone.txt", "secret.key", "rollcall.db"] {
        let mode = fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
    program.kill();
    let again = Program::start_with(dir.path(), &["--log", "warn", "--demo"], Stdio::inherit());
    again.kill();
    assert_eq!(fs::read_to_string(urls).unwrap(), first);
}
