//! Makes the console's texts: a function for each phrase, and the phrasebooks in which these functions look phrases up.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let variable = |name: &str| env::var(name).map_err(io::Error::other);
    let locales = Path::new(&variable("CARGO_MANIFEST_DIR")?).join("../crates/i18n/locales");
    let out = variable("OUT_DIR")?;
    let compiled = i18n::compiler::compile(&locales).map_err(|faults| {
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        io::Error::other(faults.join("\n"))
    })?;
    fs::write(Path::new(&out).join("phrases.rs"), compiled.functions)?;
    for (language, text) in compiled.books {
        fs::write(Path::new(&out).join(format!("{}.phrases", language.tag())), text)?;
    }
    println!("cargo::rerun-if-changed=build.rs");
    for folder in compiled.folders {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
    for fault in compiled.missing {
        println!("cargo::warning={fault}");
    }
    Ok(())
}
