//! A standard library that is compiled for size together with the front end.
//!
//! The one that comes with the compiler carries the words of every panic, and the code that formats them. Compiled
//! along, with panics that end in a trap at once, it makes the WebAssembly file a fifth smaller (measured). That takes
//! the library's source, a component of rustup, and two flags that stable Rust keeps for itself (`-Zbuild-std`,
//! `-Cpanic=immediate-abort`); `RUSTC_BOOTSTRAP` opens them, for this one compilation.

use std::path::PathBuf;
use std::process::Command;

use super::rustup;
use crate::support::{paths, process};

/// What the compiler is told: a panic is a trap without words, and nothing remembers where it would have been.
const RUSTFLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none";

/// Sets `cargo` to compile the standard library along, if its source is here or rustup brings it.
pub fn use_if_possible(cargo: &mut Command) {
    if !has_source() && rustup_refuses() {
        println!("    without the source of the standard library the WebAssembly file gets a fifth larger");
        return;
    }
    cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
    cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", RUSTFLAGS);
}

fn has_source() -> bool {
    let sysroot = process::output(Command::new("rustc").args(["--print", "sysroot"]).current_dir(paths::root()));
    sysroot.is_ok_and(|root| PathBuf::from(root).join("lib/rustlib/src/rust/library/Cargo.lock").exists())
}

/// Tries to add the source. The build goes on without it, so an error is only told.
fn rustup_refuses() -> bool {
    let added = rustup::add("component", "rust-src", "the source of the standard library, for a small front end");
    if let Err(error) = &added {
        println!("    {error:#}");
    }
    added.is_err() || !has_source()
}
