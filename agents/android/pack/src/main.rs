//! Packs the Android app. `cargo xtask android` calls it.
//!
//! ```text
//! pack constants RES                           prints R.java, which names the resources
//! pack apk MANIFEST RES DEX KEY CODE NAME OUT  writes a signed APK
//! ```
//! `RES` is a folder of resources, `KEY` a PEM file with a private key and its certificate, `CODE` and `NAME` are the
//! version as Android counts it and as people read it. The same input makes the same bytes.

mod resources;
mod values;

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use apk::sign::{Schemes, Signer, SigningIdentity};
use apk::{ApkBuilder, Manifest, VersionCode};

/// How to call this program.
const USAGE: &str = "pack constants RES | pack apk MANIFEST RES DEX KEY CODE NAME OUT";

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["constants", folder] => print_constants(Path::new(folder)),
        ["apk", manifest, folder, dex, key, code, name, out] => {
            let version = (code.parse().context("the version code is not a number")?, *name);
            pack(&Inputs { manifest, resources: folder, dex, key, version }, Path::new(out))
        }
        _ => bail!("usage: {USAGE}"),
    }
}

/// What an APK is made of.
struct Inputs<'a> {
    manifest: &'a str,
    resources: &'a str,
    dex: &'a str,
    key: &'a str,
    version: (u32, &'a str),
}

/// Prints the class with the number of each resource, as the code needs it.
#[expect(clippy::print_stdout, reason = "the caller reads it")]
fn print_constants(folder: &Path) -> Result<()> {
    print!("{}", resources::read(folder)?.constants()?);
    Ok(())
}

/// Writes a signed APK. Version 2 and 3 of the signature are what Android 8 and later ask for.
fn pack(inputs: &Inputs<'_>, out: &Path) -> Result<()> {
    let manifest =
        fs::read_to_string(inputs.manifest).with_context(|| format!("could not read {}", inputs.manifest))?;
    let mut app = ApkBuilder::new(Manifest::parse(&manifest).context("the manifest")?);
    app.version(VersionCode::try_new(inputs.version.0)?, inputs.version.1);
    *app.resources_mut() = resources::read(Path::new(inputs.resources))?.resources;
    app.dex(fs::read(inputs.dex).with_context(|| format!("could not read {}", inputs.dex))?);
    let identity = SigningIdentity::from_pem_file(inputs.key).context("the key")?;
    app.sign_with(Signer::new(identity).schemes(Schemes::V2 | Schemes::V3));
    app.write(out).with_context(|| format!("could not write {}", out.display()))
}
