//! The compiler that Debian and Ubuntu build Firefox with (`rustc-web`), for machines where rustup cannot download.
//!
//! It has no compiled standard library for WebAssembly, only the source. The source is compiled once and laid out as a
//! sysroot, the folder where rustc looks for targets.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::packages::{self, Need};
use super::toolchain::WASM_TARGET;
use crate::support::{files, paths, process};

const CARGO: &str = "/usr/bin/cargo";
const RUSTC: &str = "/usr/bin/rustc";

/// What has to be installed.
const NEEDS: [Need; 3] = [
    Need {
        purpose: "the distribution's Rust compiler",
        packages: &["rustc-web", "cargo-web"],
        present: || Path::new(RUSTC).exists() && Path::new(CARGO).exists(),
    },
    Need {
        purpose: "the source of its standard library",
        packages: &["rust-web-src"],
        present: || Path::new("/usr/lib/rustlib/src/rust/library/Cargo.lock").exists(),
    },
    Need { purpose: "a linker for WebAssembly", packages: &["lld"], present: || process::find("wasm-ld").is_some() },
];

/// The distribution's compiler with a standard library for the front end's target.
pub struct DebianRust {
    /// The folder of everything that is built for and with this compiler.
    folder: PathBuf,
}

impl DebianRust {
    /// Installs the compiler if it is missing, and builds its standard library once.
    pub fn ensure() -> Result<Self> {
        packages::install(&NEEDS)?;
        let version = process::output(Command::new(RUSTC).arg("-vV"))?;
        check_version(&version)?;
        let rust = Self { folder: paths::root().join("target/debian-rust") };
        let stamp = rust.folder.join("built-with");
        if files::read_text(&stamp).is_ok_and(|built_with| built_with == version) {
            println!("    the distribution's compiler, ready");
        } else {
            rust.build_standard_library()?;
            files::write(&stamp, version)?;
        }
        Ok(rust)
    }

    /// The distribution's Cargo, in the folder of the workspace.
    pub fn cargo(&self) -> Command {
        let mut command = process::cargo_at(CARGO);
        command.env("RUSTC", RUSTC).env("CARGO_TARGET_DIR", self.target_folder());
        command
    }

    /// Makes a Cargo command find the standard library and the linker for the front end's target.
    pub fn use_sysroot(&self, command: &mut Command) {
        let sysroot = self.sysroot().display().to_string();
        // These would replace the flags below.
        command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        // As configuration, because a variable with flags could not hold a path with spaces. `{:?}` quotes a string in
        // the way that TOML reads.
        for setting in [
            format!("rustflags=[\"--sysroot\", {sysroot:?}]"),
            "linker=\"wasm-ld\"".to_owned(), // rustup's compiler has one of its own, the distribution's does not
        ] {
            command.arg("--config").arg(format!("target.{WASM_TARGET}.{setting}"));
        }
    }

    /// Cargo's target folder for what this compiler builds.
    pub fn target_folder(&self) -> PathBuf {
        self.folder.join("target")
    }

    fn sysroot(&self) -> PathBuf {
        self.folder.join("sysroot")
    }

    fn build_standard_library(&self) -> Result<()> {
        println!("    building the standard library for {WASM_TARGET} (once, about a minute)");
        files::empty_folder(&self.folder)?;
        let package = self.folder.join("standard-library");
        files::write(&package.join("Cargo.toml"), EMPTY_PACKAGE)?;
        files::write(&package.join("src/lib.rs"), "#![no_std]\n")?;
        process::run(
            self.cargo()
                .args(["build", "--release", "--target", WASM_TARGET])
                .arg("-Zbuild-std=std,panic_abort")
                .current_dir(&package)
                // A stable compiler refuses to build a standard library otherwise.
                .env("RUSTC_BOOTSTRAP", "1")
                // Link-time optimisation of the front end reaches into the standard library.
                .env("RUSTFLAGS", "-Cembed-bitcode=yes"),
        )?;
        self.lay_sysroot()
    }

    /// Copies the compiled libraries to where rustc looks for them.
    fn lay_sysroot(&self) -> Result<()> {
        let compiled = self.target_folder().join(WASM_TARGET).join("release/deps");
        let libraries = self.sysroot().join("lib/rustlib").join(WASM_TARGET).join("lib");
        files::make_folder(&libraries)?;
        for file in files::list(&compiled)? {
            let name = file.to_string_lossy();
            if name.ends_with(".rlib") && !name.starts_with("libstandard_library") {
                let from = compiled.join(&file);
                fs::copy(&from, libraries.join(&file)).with_context(|| format!("could not copy {}", from.display()))?;
            }
        }
        Ok(())
    }
}

/// An empty package. Building it for a target builds the standard library of that target.
const EMPTY_PACKAGE: &str = r#"[package]
name = "standard-library"
version = "0.0.0"
edition = "2024"

[profile.release]
panic = "abort"

[workspace]
"#;

/// Compares the output of `rustc -vV` with the oldest compiler that the workspace builds with.
fn check_version(described: &str) -> Result<()> {
    let wanted = env!("CARGO_PKG_RUST_VERSION");
    let release =
        described.lines().find_map(|line| line.strip_prefix("release: ")).context("rustc did not print its version")?;
    ensure!(
        major_and_minor(release) >= major_and_minor(wanted),
        "the distribution's compiler is {release}, but {wanted} is needed"
    );
    Ok(())
}

fn major_and_minor(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiler_older_than_the_workspace_needs_is_refused() {
        assert!(check_version("rustc 1.85.0\nrelease: 1.85.0").is_err());
        assert!(check_version("rustc 1.96.0\nrelease: 1.96.0").is_ok());
        assert!(check_version("rustc 2.0.0\nrelease: 2.0.0").is_ok());
    }

    #[test]
    fn a_compiler_that_does_not_print_its_version_is_refused() {
        assert!(check_version("rustc").is_err());
        assert!(check_version("release: unknown").is_err());
    }
}
