//! Faults of the disk below the program: the library `server/tests/fault/fault.c`, preloaded into its process.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// What the disk does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no space left.
    Full,
    /// Writing fails.
    Broken,
    /// Nothing may be written.
    ReadOnly,
    /// Each flush takes longer.
    Slow,
}

impl Fault {
    const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Broken => "broken",
            Self::ReadOnly => "read_only",
            Self::Slow => "slow",
        }
    }
}

/// A compiled library, and the folder by which its faults are switched.
pub struct Faults {
    library: PathBuf,
    folder: TempDir,
    slow_ms: u32,
}

impl Faults {
    /// Compiles the library. `None`, with a line in the output, when there is no C compiler.
    #[expect(clippy::print_stderr, reason = "whoever runs the tests has to see what was not tested")]
    pub fn new(slow_ms: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("fault.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fault/fault.c");
        let compiled =
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(&source).arg("-ldl").output();
        match compiled {
            Ok(output) if output.status.success() => Some(Self { library, folder, slow_ms }),
            Ok(output) => panic!("{}: {}", source.display(), String::from_utf8_lossy(&output.stderr)),
            Err(error) => {
                eprintln!("SKIPPED: faults of the disk need a C compiler ({error})");
                None
            }
        }
    }

    /// Lets a program have these faults.
    pub fn preload_into(&self, program: &mut Command) {
        program
            .env("LD_PRELOAD", &self.library)
            .env("FAULT_DIR", self.folder.path())
            .env("FAULT_SLOW_MS", self.slow_ms.to_string());
    }

    /// A fault begins.
    pub fn begin(&self, fault: Fault) {
        fs::write(self.folder.path().join(fault.name()), "").unwrap();
    }

    /// A fault ends, if it is there.
    pub fn end(&self, fault: Fault) {
        let _ = fs::remove_file(self.folder.path().join(fault.name()));
    }
}
