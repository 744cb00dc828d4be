//! From a compiled front end to a WebAssembly file and the script that loads it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::install::node;
use crate::support::mode::Mode;
use crate::support::{files, process};

/// What `wasm-bindgen` makes from a compiled front end.
pub struct Bindings {
    /// The JavaScript module that loads the WebAssembly file.
    pub script: Vec<u8>,
    /// The WebAssembly file, optimised for size in release mode.
    pub wasm: Vec<u8>,
    /// JavaScript that comes with crates. The script imports it by these paths.
    pub snippets: Vec<(PathBuf, Vec<u8>)>,
}

/// Makes the bindings of a compiled front end. `folder` is for intermediate files.
pub fn bind(mode: Mode, compiled: &Path, name: &str, folder: &Path) -> Result<Bindings> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .remove_name_section(mode == Mode::Release)
        .remove_producers_section(mode == Mode::Release)
        .generate(folder)
        .context("wasm-bindgen failed on the front end")?;
    let mut wasm = folder.join(format!("{name}_bg.wasm"));
    if mode == Mode::Release {
        wasm = optimise(&wasm)?;
    }
    Ok(Bindings {
        script: files::read(&folder.join(format!("{name}.js")))?,
        wasm: files::read(&wasm)?,
        snippets: snippets(folder)?,
    })
}

fn snippets(folder: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let snippets = files::list(&folder.join("snippets"))?;
    snippets
        .into_iter()
        .map(|below| {
            let path = Path::new("snippets").join(below);
            let content = files::read(&folder.join(&path))?;
            Ok((path, content))
        })
        .collect()
}

/// Optimises a WebAssembly file for size and returns the path of the result.
fn optimise(wasm: &Path) -> Result<PathBuf> {
    let small = wasm.with_extension("small.wasm");
    process::run(
        node::program("wasm-opt")
            // Smaller than with -Oz after brotli, which is what counts (measured).
            .arg("-Os")
            // The linker puts the stack first: the lowest kilobyte is only ever the far end of it.
            .arg("--low-memory-unused")
            // The features that rustc uses for wasm32-unknown-unknown. wasm-opt rejects a file that uses any other,
            // and must not use others itself, because browsers may lack them.
            .args([
                "--enable-bulk-memory",
                "--enable-bulk-memory-opt",
                "--enable-call-indirect-overlong",
                "--enable-multivalue",
                "--enable-mutable-globals",
                "--enable-nontrapping-float-to-int",
                "--enable-reference-types",
                "--enable-sign-ext",
            ])
            .arg(wasm)
            .arg("--output")
            .arg(&small),
    )?;
    Ok(small)
}
