//! `cargo xtask android build`: from Java to a signed APK.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::dexer::Dexer;
use super::key::Key;
use super::{places, stubs, tools};
use crate::support::process;
use crate::support::steps::Steps;
use crate::support::{files, paths};

/// The steps of [`apk`].
pub const STEPS: usize = 5;

/// Names of the finished file, with the publisher's key and with a throw-away one.
const NAMES: [&str; 2] = ["rollcall.apk", "rollcall-debug.apk"];

/// Builds the app and says where it is.
pub fn run() -> Result<()> {
    let mut steps = Steps::new(STEPS);
    let apk = apk(&mut steps)?;
    steps.print_summary();
    println!("\n{:>12} bytes  {}", fs::metadata(&apk)?.len(), apk.display());
    Ok(())
}

/// Builds the app and returns its path.
pub fn apk(steps: &mut Steps) -> Result<PathBuf> {
    let (dexer, key) = steps.run("Install what is missing", || {
        tools::ensure()?;
        Ok((Dexer::ensure()?, Key::ensure()?))
    })?;
    steps.run("Compile the packer", compile_packer)?;
    steps.run("Compile Java", compile)?;
    let dex = steps.run("Translate for phones", || dexer.run(&classes(), &places::target().join("dex")))?;
    steps.run("Pack and sign", || pack(&dex, &key))
}

/// The class files of the app.
pub fn classes() -> PathBuf {
    places::target().join("classes")
}

/// The class files of the stand-ins for Android.
pub fn stub_classes() -> PathBuf {
    places::target().join("stubs")
}

/// Compiles `agents/android/pack`, a workspace of its own.
pub fn compile_packer() -> Result<()> {
    process::run(&mut packer_cargo("build"))
}

/// Lints and tests the packer, which the checks of the other workspace do not see.
pub fn check_packer() -> Result<()> {
    process::run(packer_cargo("clippy").args(["--all-targets", "--", "-D", "warnings"]))?;
    process::run(&mut packer_cargo("test"))
}

fn packer_cargo(subcommand: &str) -> Command {
    let mut cargo = process::cargo();
    cargo.args([subcommand, "--release", "--locked", "--manifest-path", "agents/android/pack/Cargo.toml"]);
    cargo.env("CARGO_TARGET_DIR", places::target().join("pack"));
    cargo
}

fn packer() -> Command {
    let mut command = Command::new(places::target().join("pack/release/pack"));
    command.current_dir(paths::root());
    command
}

/// Compiles the stand-ins, then the app against them.
pub fn compile() -> Result<()> {
    let (sources, target) = (places::sources(), places::target());
    let stubs_source = target.join("stubs-source");
    stubs::write(&stubs::read(&sources.join("stubs/api.txt"))?, &stubs_source)?;
    tools::javac("stubs", &[&stubs_source, &sources.join("test/fake")], &[])?;
    let constants = target.join("constants/net/rollcall/agent/R.java");
    files::write(&constants, process::output(packer().arg("constants").arg("agents/android/res"))?)?;
    let (core, app) = (sources.join("core"), sources.join("app"));
    tools::javac("classes", &[&core, &app, &constants], &[&stub_classes(), Path::new(tools::JSON)])
}

fn pack(dex: &Path, key: &Key) -> Result<PathBuf> {
    let version = env!("CARGO_PKG_VERSION");
    let apk = places::target().join(NAMES[usize::from(key.throw_away)]);
    // A file of the other name would be of another time.
    for name in NAMES {
        let old = places::target().join(name);
        if old.exists() {
            fs::remove_file(&old).with_context(|| format!("could not remove {}", old.display()))?;
        }
    }
    let mut command = packer();
    command.args(["apk", "agents/android/AndroidManifest.xml", "agents/android/res"]);
    process::run(command.arg(dex).arg(&key.file).arg(version_code(version)?.to_string()).arg(version).arg(&apk))?;
    if key.throw_away {
        println!("    signed with a throw-away key, for trying out");
    }
    Ok(apk)
}

/// The version as Android counts it: a later version has a larger number.
fn version_code(version: &str) -> Result<u32> {
    let numbers: Vec<u32> = version
        .split('.')
        .map(|part| part.parse().with_context(|| format!("the version {version}")))
        .collect::<Result<_>>()?;
    let [major, minor, patch] = numbers[..] else { anyhow::bail!("the version {version} has not three parts") };
    ensure!(minor < 1000 && patch < 1000 && major < 2000, "the version {version} has no number for Android");
    Ok(major * 1_000_000 + minor * 1000 + patch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_version_has_a_larger_number() -> Result<()> {
        let codes = ["0.1.0", "0.1.1", "0.2.0", "0.10.0", "1.0.0", "1.0.999", "1.1.0"].map(version_code);
        let codes = codes.into_iter().collect::<Result<Vec<u32>>>()?;
        assert!(codes.is_sorted_by(|one, next| one < next), "{codes:?}");
        for wrong in ["1", "1.0", "1.0.0-rc.1", "1.1000.0"] {
            assert!(version_code(wrong).is_err(), "{wrong}");
        }
        Ok(())
    }
}
