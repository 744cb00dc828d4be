//! The site: what browsers load beside the pages, under names that carry a hash of the content.
//!
//! ```text
//! target/site/hash.txt                     js: <hash>, wasm: <hash>, css: <hash>, a line each
//! target/site/pkg/rollcall.<hash>.js       each with .br and .gz beside it
//! target/site/pkg/rollcall.<hash>.wasm
//! target/site/pkg/rollcall.<hash>.css
//! ```
//! `hash.txt` and the names have the form that `leptos` reads with its `hash_files` option.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::{bindings, compress, css};
use crate::install::node;
use crate::support::mode::Mode;
use crate::support::{files, paths};

/// The first part of every file name.
const NAME: &str = "rollcall";

/// Raise this number when the site is made in another way, so that it is made again everywhere.
const RECIPE: &str = "3";

/// Brings `target/site` up to date with the compiled front end and the style sheets.
pub fn publish(mode: Mode, compiled: &Path) -> Result<()> {
    let css = css::bundle(&paths::root().join("style"), mode)?;
    let staging = paths::site_staging(mode);
    let stamp_file = staging.join("stamp");
    let stamp = stamp(mode, &files::read(compiled)?, &css)?;
    if files::read_text(&stamp_file).is_ok_and(|last| last == stamp) {
        println!("    unchanged");
    } else {
        files::empty_folder(&staging)?;
        assemble(mode, compiled, css.as_bytes(), &staging)?;
        files::write(&stamp_file, &stamp)?;
    }
    files::mirror(&staging.join("site"), &paths::site())
}

/// The file of `target/site` with this extension, as `hash.txt` names it.
pub fn file(extension: &str) -> Result<PathBuf> {
    let site = paths::site();
    let hashes = files::read_text(&site.join("hash.txt"))?;
    let hash = hashes
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(key, _)| *key == extension)
        .map(|(_, hash)| hash)
        .with_context(|| format!("hash.txt has no line for {extension}"))?;
    Ok(site.join("pkg").join(file_name(hash, extension)))
}

/// A hash of everything that the site depends on.
fn stamp(mode: Mode, compiled: &[u8], css: &str) -> Result<String> {
    let tool = match mode {
        Mode::Dev => String::new(),
        Mode::Release => node::locked_packages()?,
    };
    let mut hasher = blake3::Hasher::new();
    for part in [RECIPE.as_bytes(), tool.as_bytes(), css.as_bytes(), compiled] {
        hasher.update(&part.len().to_le_bytes());
        hasher.update(part);
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// Makes the site in `staging/site` from the compiled front end.
fn assemble(mode: Mode, compiled: &Path, css: &[u8], staging: &Path) -> Result<()> {
    let bindings = bindings::bind(mode, compiled, NAME, &staging.join("bindgen"))?;
    let site = staging.join("site");
    let pkg = site.join("pkg");
    let mut hashes = Vec::new();
    for (extension, content) in [("js", bindings.script.as_slice()), ("wasm", &bindings.wasm), ("css", css)] {
        let hash = short_hash(content);
        println!("    {} {:>9} bytes", file_name(&hash, extension), content.len());
        compress::write_with_siblings(&pkg.join(file_name(&hash, extension)), content, mode)?;
        hashes.push(format!("{extension}: {hash}\n"));
    }
    for (path, content) in &bindings.snippets {
        compress::write_with_siblings(&pkg.join(path), content, mode)?;
    }
    files::write(&site.join("hash.txt"), hashes.concat())
}

fn file_name(hash: &str, extension: &str) -> String {
    format!("{NAME}.{hash}.{extension}")
}

/// 64 bits of the hash, which are enough to tell versions of one file apart.
fn short_hash(content: &[u8]) -> String {
    let mut hash = blake3::hash(content).to_hex().to_string();
    hash.truncate(16);
    hash
}
