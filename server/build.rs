//! Makes the folder that the binary embeds, so that the server compiles before the site was ever built, and has it
//! compiled again when the site is another one.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let package = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let site = Path::new(&package).join("../target/site");
    fs::create_dir_all(&site)?;
    println!("cargo::rerun-if-changed=build.rs");
    // `hash.txt` names every file of the site by its content.
    println!("cargo::rerun-if-changed={}", site.join("hash.txt").display());
    Ok(())
}
