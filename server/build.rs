//! Makes the folders that the binary embeds, so that the server compiles before the site or the Android app was ever built,
//! and has it compiled again when they are others.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let package = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let site = Path::new(&package).join("../target/site");
    fs::create_dir_all(&site)?;
    let app = Path::new(&package).join("../target/android/dist");
    fs::create_dir_all(&app)?;
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", app.display());
    // `hash.txt` names every file of the site by its content.
    println!("cargo::rerun-if-changed={}", site.join("hash.txt").display());
    Ok(())
}
