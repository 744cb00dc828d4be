//! `cargo xtask android`: the app for Android phones, built without Android's own tools.
//!
//! Java is compiled against stand-ins for Android's classes, translated into the form that phones run, and packed and
//! signed by `agents/android/pack`. docs/android.md tells why and how.

mod build;
mod check;
mod dexer;
pub mod dist;
mod key;
mod places;
mod stubs;
mod test;
mod tools;

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;

/// What can be done with the app.
#[derive(Subcommand)]
pub enum Android {
    /// Make target/android/rollcall.apk
    ///
    /// Signs with the key in the PEM file that `ROLLCALL_ANDROID_KEY` names. Without
    /// one, a throw-away key is made and the file is rollcall-debug.apk: to try
    /// out, not to hand out. The same input makes the same bytes.
    ///
    /// About 2 minutes the first time, then 10 seconds. Ends with exit code 3 if a
    /// tool is missing and cannot be installed.
    #[command(verbatim_doc_comment)]
    Build,
    /// Test the app's code on this machine, without a phone
    ///
    /// The classes of Android are stand-ins that record calls, so this shows which
    /// of them the app calls, not what a phone does then.
    ///
    ///   cargo xtask android test
    ///   cargo xtask android test -- Host
    #[command(verbatim_doc_comment)]
    Test {
        /// Which tests to run, by a part of their names; all without it
        #[arg(last = true)]
        names: Vec<String>,
    },
    /// Build the app twice and check what came out
    ///
    /// Checks that both are the same, the signature, the alignment, the size, what
    /// the manifest says, and that Android has every member that the code uses.
    /// What needs a tool that is missing is skipped, with a notice.
    #[command(verbatim_doc_comment)]
    Check,
    /// Make a key to sign the app with
    ///
    /// A private key and its certificate in one PEM file. Keep it for as long as
    /// the app is in use: Android installs an update only if it has the same key.
    #[command(verbatim_doc_comment)]
    Key {
        /// The file to make; it must not exist
        file: PathBuf,
    },
}

impl Android {
    /// Runs the task.
    pub fn run(&self) -> Result<()> {
        match self {
            Self::Build => build::run(),
            Self::Test { names } => test::run(names),
            Self::Check => check::run(),
            Self::Key { file } => key::run(file),
        }
    }
}
