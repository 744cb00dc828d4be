//! A standard library that is compiled for size together with the front end.
//!
//! The one that comes with the compiler contains the message of every panic and the code that formats them. Compiled
//! with the front end, and with panics that trap at once, it makes the WebAssembly file a fifth smaller (measured).
//! This needs the library's source, which is a component of rustup, and two unstable flags: `-Zbuild-std` and
//! `-Cpanic=immediate-abort`. `RUSTC_BOOTSTRAP` permits them for this one compilation.

use std::path::PathBuf;
use std::process::Command;

use super::rustup;
use crate::support::{paths, process};

/// Flags for the compiler: a panic traps without a message, and no source locations are kept for messages.
const RUSTFLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none";

/// Sets `cargo` to compile the standard library too, if its source is here or rustup can add it.
pub fn use_if_possible(cargo: &mut Command) {
    if !has_source() && !rustup_adds_source() {
        println!("    without the source of the standard library, the WebAssembly file will be a fifth larger");
        return;
    }
    cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
    cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", RUSTFLAGS);
}

fn has_source() -> bool {
    let sysroot = process::output(Command::new("rustc").args(["--print", "sysroot"]).current_dir(paths::root()));
    sysroot.is_ok_and(|root| PathBuf::from(root).join("lib/rustlib/src/rust/library/Cargo.lock").exists())
}

/// Tries to add the source. The build can do without it, so errors are only printed.
fn rustup_adds_source() -> bool {
    let added = rustup::add("component", "rust-src", "the source of the standard library, for a small front end");
    if let Err(error) = &added {
        println!("    {error:#}");
    }
    added.is_ok() && has_source()
}
