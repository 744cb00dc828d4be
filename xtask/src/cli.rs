//! The command line: tasks, their arguments, and the help that explains them. Lines of help are at most 80 characters
//! long.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;
use clap::builder::FalseyValueParser;
use clap::{Parser, Subcommand};

use crate::android::Android;
use crate::bench::{Bench, try_all};
use crate::install::{consent, packages};
use crate::lint;
use crate::site::size;
use crate::support::mode::Mode;
use crate::support::paths;
use crate::tasks::{build, demo, dist, mutants, run, test};

/// Build, run and test Rollcall
///
/// Needs Rust and, on Debian or Ubuntu, nothing else: a task installs what it
/// lacks, after saying so. Elsewhere it names what to install by hand.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", subcommand_value_name = "TASK")]
#[command(subcommand_help_heading = "Tasks", verbatim_doc_comment, after_long_help = AFTER_HELP)]
pub struct Cli {
    /// Install nothing: print the commands and fail
    #[arg(long, global = true, env = consent::NO_INSTALL, value_parser = FalseyValueParser::new(), hide_env = true)]
    no_install: bool,
    #[command(subcommand)]
    task: Task,
}

/// What follows the list of tasks.
const AFTER_HELP: &str = "\
New here? In this order (times on 2 cores, with everything still to compile):
  cargo xtask run --demo     See the product with simulated phones, on
                             http://localhost:3000. About 8 minutes.
  cargo xtask test           Run all tests. 15 to 20 minutes.
  cargo xtask lint           Before you commit. A few minutes.
  .ci/run                    What has to pass before a change goes in: lint and
                             test. About 35 minutes from a fresh clone.

Examples:
  cargo xtask help test      More about one task
  cargo xtask run --demo -- --listen 127.0.0.1:8080 --data-dir target/demo
  cargo xtask test --only unit
  cargo xtask bench lists --short
  cargo xtask bench devices --short --engine postgres

Environment variables:
  ROLLCALL_NO_INSTALL=1      The same as --no-install
  ROLLCALL_TRY_BENCHES=1     Try each bench after the tests
  ROLLCALL_ANDROID_KEY       The key to sign the Android app with, a PEM file
  ROLLCALL_DX                The jar of dx, which translates it for phones
  ANDROID_HOME               An SDK of Android, whose d8 is used instead
  CHROMIUM                   The browser for tests and pictures, as a path
  ROLLCALL_WASM_TOOLCHAIN    `distribution` compiles the front end with Debian's
                             compiler even if rustup has the target
  CARGO_TARGET_DIR           Where Cargo compiles; the site stays in target/
  CI=true                    Compile without incremental data
  ROLLCALL_…                 `run` hands settings to the server; they are listed
                             by `rollcall serve --help`";

#[derive(Subcommand)]
enum Task {
    /// Build what is missing and start the server on port 3000
    ///
    /// The address is <http://localhost:3000>. A one-time link, which is printed,
    /// makes the first account. Mails are written to the terminal, data to data/.
    /// Takes about 8 minutes from a fresh clone; after that, as long as it takes to
    /// compile what you changed.
    ///
    ///   cargo xtask run --demo
    ///   cargo xtask run -- --listen 0.0.0.0:8080 --data-dir target/mine
    #[command(verbatim_doc_comment)]
    Run {
        /// Add people, invitations and phones that enroll
        #[arg(long)]
        demo: bool,
        /// Optimise: slower to build, as fast and small as in use
        #[arg(long)]
        release: bool,
        /// Arguments for `rollcall serve`, after `--`
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
    /// Run the tests, after installing what they need
    ///
    /// `unit` is everything that `cargo test` runs: rules, store, protocols, HTTP.
    /// About a minute once compiled. Uses cargo-nextest if it is installed.
    ///
    /// `browser` builds the optimised front end, runs the browser tests and checks
    /// the sizes of what a browser loads. About 6 minutes once compiled.
    ///
    /// Some tests, by a part of their names or of the file they are in:
    ///
    ///   cargo xtask test --only unit -- invitation
    ///   cargo xtask test --only browser -- palette
    ///
    /// `cargo test -p domain invitation` does the same for one crate.
    #[command(verbatim_doc_comment)]
    Test {
        /// Run one part of the tests
        #[arg(long, value_enum)]
        only: Option<test::Part>,
        /// Which tests of the part to run, after `--`; all without it
        #[arg(last = true, requires = "only")]
        names: Vec<OsString>,
    },
    /// Change the code in small ways and see whether a test notices
    ///
    /// A change that no test notices is a rule without a test. Takes seconds for
    /// each change: by default only code that differs from main is changed.
    ///
    ///   cargo xtask mutants
    ///   cargo xtask mutants --all --package domain --shard 0/8
    ///
    /// Changes that need no test are named in docs/mutants.md.
    #[command(verbatim_doc_comment)]
    Mutants {
        /// Change all code
        #[arg(long)]
        all: bool,
        /// One of N parts of the changes, counted from 0
        #[arg(long, value_name = "K/N", requires = "all")]
        shard: Option<String>,
        /// Change this crate only; can be given several times
        #[arg(long = "package", value_name = "CRATE")]
        packages: Vec<String>,
        /// What to compare with
        #[arg(long, default_value = "main", value_name = "COMMIT")]
        base: String,
    },
    /// Check formatting, lengths, layers, rooms, Clippy and licences
    ///
    /// Stops at the first check that fails:
    ///   formatting   `cargo fmt --all` mends it
    ///   lengths      no Rust file is longer than 400 lines
    ///   layers       no crate uses one above it
    ///   rooms        no folder below src is crowded, none are in a circle
    ///   licences     `cargo deny`, skipped with a notice if it is not installed
    ///   Clippy       for the server, then for the browser
    ///   docs         no broken links in what `cargo doc` makes
    ///
    /// A few minutes the first time, less than one after a small change.
    #[command(verbatim_doc_comment)]
    Lint,
    /// Build the front end and the server
    ///
    /// The programs are in target/debug or target/release, the site is in
    /// target/site. With --release the server has the site inside.
    #[command(verbatim_doc_comment)]
    Build {
        /// Optimise for speed and size
        #[arg(long)]
        release: bool,
    },
    /// Build the optimised front end and check the size of its files
    ///
    /// Sizes are after brotli. Fails if a file is larger than its budget. About
    /// 4 minutes the first time, then 2 after each change of the front end.
    #[command(verbatim_doc_comment)]
    Size,
    /// Take a picture of every page, in both themes and at three widths
    ///
    /// The pictures are put into target/screenshots. Use it after changing a page.
    #[command(verbatim_doc_comment)]
    Screenshots,
    /// Print the rooms of every crate: files, what they use, circles
    ///
    /// The rooms of a crate are the files and folders in its src. The tables are
    /// Markdown, for docs/architecture.md. Takes a second.
    #[command(verbatim_doc_comment)]
    Rooms {
        /// The folder of another workspace to report on
        #[arg(long)]
        root: Option<PathBuf>,
    },
    /// Measure how long things take
    ///
    /// Figures for docs/measurements.md. No test depends on them.
    #[command(subcommand, verbatim_doc_comment)]
    Bench(Bench),
    /// Build, test and check the app for Android phones
    ///
    /// Needs Java and no SDK of Android. What is missing is installed, and one tool
    /// is downloaded from Debian 11 into target/android.
    #[command(subcommand, verbatim_doc_comment)]
    Android(Android),
    /// Make target/dist/rollcall, a single file with the site inside
    ///
    /// Puts a copy beside it named after its target, and SHA256SUMS for both:
    /// `sha256sum -c SHA256SUMS` checks them. About 10 minutes from a fresh clone.
    #[command(verbatim_doc_comment)]
    Dist,
    /// Install what the tests need: Node, Chromium, a QR reader
    ///
    /// `test` does the same first. Says what it installs, and asks when it is
    /// started in a terminal.
    #[command(verbatim_doc_comment)]
    Setup,
    /// Run the phones of `run --demo` beside a server that is starting.
    #[command(hide = true)]
    DemoPhones(demo::DemoPhones),
}

impl Cli {
    /// Runs the task.
    pub fn run(self) -> Result<()> {
        if self.no_install {
            consent::forbid();
        }
        match self.task {
            Task::Run { demo, release, arguments } => run::run(Mode::for_release(release), demo, &arguments),
            Task::Test { only, names } => {
                test::run(only, &names)?;
                // Last, since they need a server with other features.
                let is_asked = std::env::var("ROLLCALL_TRY_BENCHES").is_ok_and(|asked| asked == "1");
                if is_asked && only != Some(test::Part::Browser) && names.is_empty() { try_all() } else { Ok(()) }
            }
            Task::Mutants { all, shard, packages, base } => {
                mutants::run(&mutants::Scope { all, shard, packages, base })
            }
            Task::Lint => lint::run(),
            Task::Build { release } => build::run(Mode::for_release(release)),
            Task::Size => size::build_and_check(),
            Task::Screenshots => test::screenshots(),
            Task::Rooms { root } => lint::rooms::print(&root.unwrap_or_else(paths::root)),
            Task::Bench(bench) => bench.run(),
            Task::Android(android) => android.run(),
            Task::Dist => dist::run(),
            Task::Setup => packages::install_for_tests(),
            Task::DemoPhones(phones) => phones.run(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory as _};

    use super::*;

    /// The help of a command and of all below it.
    fn help_pages(command: &mut Command) -> Vec<String> {
        command.build();
        let mut pages = vec![command.render_help().to_string(), command.render_long_help().to_string()];
        command
            .get_subcommands_mut()
            .filter(|below| !below.is_hide_set())
            .for_each(|below| pages.extend(help_pages(below)));
        pages
    }

    #[test]
    fn help_fits_into_80_columns() {
        for page in help_pages(&mut Cli::command()) {
            for line in page.lines() {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
    }

    #[test]
    fn every_task_has_a_short_and_a_long_text() {
        fn check(command: &Command) {
            for task in command.get_subcommands().filter(|task| !task.is_hide_set()) {
                let (short, long) = (task.get_about(), task.get_long_about());
                assert!(short.is_some() && long.is_some() && short != long, "{}", task.get_name());
                check(task);
            }
        }
        check(&Cli::command());
    }

    #[test]
    fn examples_are_commands_that_are_understood() {
        let help = Cli::command().render_long_help().to_string();
        let examples = help.lines().filter_map(|line| line.trim().strip_prefix("cargo xtask "));
        let words = examples.map(|line| line.split("  ").next().unwrap_or(line).split(' '));
        let mut count = 0;
        for words in words.filter(|words| words.clone().next() != Some("help")) {
            let line: Vec<&str> = words.collect();
            assert!(Cli::try_parse_from([&["cargo xtask"], line.as_slice()].concat()).is_ok(), "{line:?}");
            count += 1;
        }
        assert!(count > 4, "{count} examples");
    }
}
