//! From a compiled front end to a WebAssembly file and the script that loads it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::install::node;
use crate::support::mode::Mode;
use crate::support::{files, process};

/// What `wasm-bindgen` makes of a compiled front end.
pub struct Bindings {
    /// The JavaScript module that loads the WebAssembly file.
    pub script: Vec<u8>,
    /// The WebAssembly file, made small in release mode.
    pub wasm: Vec<u8>,
    /// Pieces of JavaScript that crates bring along. The script imports them by these paths.
    pub snippets: Vec<(PathBuf, Vec<u8>)>,
}

/// Makes the bindings of a compiled front end, with `folder` for files in between.
pub fn bind(mode: Mode, compiled: &Path, name: &str, folder: &Path) -> Result<Bindings> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .remove_name_section(mode == Mode::Release)
        .remove_producers_section(mode == Mode::Release)
        .generate(folder)
        .context("wasm-bindgen refused the front end")?;
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

/// Makes a WebAssembly file small and returns the path of the small one.
fn optimise(wasm: &Path) -> Result<PathBuf> {
    let small = wasm.with_extension("small.wasm");
    process::run(
        node::program("wasm-opt")
            // Measured after brotli, which is what counts: smaller than with -Oz.
            .arg("-Os")
            // The linker puts the stack first, so that the lowest kilobyte holds nothing but the end of its megabyte.
            .arg("--low-memory-unused")
            // What rustc's wasm32-unknown-unknown uses today: wasm-opt rejects a file with instructions
            // that it was not told of, and must not use others, which browsers may lack.
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
