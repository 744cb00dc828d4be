//! The compiler for WebAssembly: the one in use if it has the target or rustup can add it, otherwise the
//! distribution's.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::debian_rust::DebianRust;
use super::rustup;
use crate::support::{paths, process};

/// The front end's target.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The environment variable that chooses a compiler: with `distribution`, the one in use is ignored.
const CHOICE: &str = "ROLLCALL_WASM_TOOLCHAIN";

/// A compiler that has the front end's target.
pub enum WasmToolchain {
    /// The compiler that builds everything else too.
    InUse,
    /// The distribution's compiler, with a standard library that was built here.
    Distribution(DebianRust),
}

impl WasmToolchain {
    /// Cargo with a subcommand, set to compile for the front end's target.
    pub fn cargo(&self, subcommand: &str) -> Command {
        let mut command = match self {
            Self::InUse => process::cargo(),
            Self::Distribution(rust) => rust.cargo(),
        };
        command.args([subcommand, "--target", WASM_TARGET]);
        if let Self::Distribution(rust) = self {
            rust.use_sysroot(&mut command);
        }
        command
    }

    /// Cargo's target folder. Each compiler has its own.
    pub fn target_folder(&self) -> PathBuf {
        match self {
            Self::InUse => paths::target(),
            Self::Distribution(rust) => rust.target_folder(),
        }
    }
}

/// Finds a compiler for the front end, and installs it if there is none.
pub fn ensure() -> Result<WasmToolchain> {
    match env::var(CHOICE).as_deref() {
        Err(_) => {}
        Ok("distribution") => return DebianRust::ensure().map(WasmToolchain::Distribution),
        Ok(other) => bail!("{CHOICE} is `{other}`, but the only value it can have is `distribution`"),
    }
    if in_use_has_target() {
        println!("    present");
        return Ok(WasmToolchain::InUse);
    }
    match rustup::add_target(WASM_TARGET, "the front end's target") {
        Ok(()) if in_use_has_target() => return Ok(WasmToolchain::InUse),
        Ok(()) => println!("    rustup added the target, but not to the compiler in use"),
        Err(error) => println!("    {error:#}"),
    }
    println!("    trying the distribution's compiler");
    DebianRust::ensure().map(WasmToolchain::Distribution).with_context(|| {
        format!(
            "there is no standard library for {WASM_TARGET}. Run `rustup target add {WASM_TARGET}` where rustup can \
             download, or install the packages rustc-web, cargo-web, rust-web-src and lld"
        )
    })
}

/// Tells whether the compiler in use has a standard library for the target.
fn in_use_has_target() -> bool {
    process::output(
        Command::new("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]).current_dir(paths::root()),
    )
    .is_ok_and(|folder| has_standard_library(&folder))
}

fn has_standard_library(folder: &str) -> bool {
    fs::read_dir(folder)
        .is_ok_and(|entries| entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-")))
}
