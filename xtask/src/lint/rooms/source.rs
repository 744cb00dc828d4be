//! The source files of one crate, parsed, with the path of the module that each one holds.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use syn::punctuated::Punctuated;
use syn::token::Comma;
use syn::{Attribute, Item, Meta};

use crate::support::files;

/// The path of a module inside its crate, without the leading `crate`.
pub type Module = Vec<String>;

/// One source file.
pub struct SourceFile {
    /// Its path below `src`.
    pub path: PathBuf,
    /// The module that it holds.
    pub module: Module,
    /// Its content.
    pub parsed: syn::File,
}

/// The source files of a crate that are no tests.
pub struct Source {
    /// The files, sorted by path.
    pub files: Vec<SourceFile>,
    by_module: HashMap<Module, usize>,
}

impl Source {
    /// Reads every file below a crate's `src`.
    pub fn read(src: &Path) -> Result<Self> {
        let mut files = Vec::new();
        for path in rust_files(src)? {
            if is_test_path(&path) {
                continue;
            }
            let text = files::read_text(&src.join(&path))?;
            let parsed =
                syn::parse_file(&text).with_context(|| format!("could not parse {}", src.join(&path).display()))?;
            files.push(SourceFile { module: module_of(&path), path, parsed });
        }
        let tests = test_modules(&files);
        files.retain(|file| !(1..=file.module.len()).any(|length| tests.contains(&file.module[..length])));
        let by_module = files.iter().enumerate().map(|(index, file)| (file.module.clone(), index)).collect();
        Ok(Self { files, by_module })
    }

    /// The file that holds a module. Inline modules have none of their own.
    pub fn file_of(&self, module: &[String]) -> Option<usize> {
        self.by_module.get(module).copied()
    }
}

/// The Rust files below `src`, relative to it, sorted.
pub fn rust_files(src: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = files::list(src)?;
    paths.retain(|path| path.extension() == Some(OsStr::new("rs")));
    Ok(paths)
}

/// Whether a file is for tests by its name: `tests.rs`, or anything in a folder `tests`.
pub fn is_test_path(path: &Path) -> bool {
    path.file_name() == Some(OsStr::new("tests.rs")) || path.iter().any(|part| part == "tests")
}

/// Whether a file holds the module of the folder that it is in, or the root of the crate.
pub fn is_own_file_of_folder(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "mod.rs" || name == "lib.rs" || name == "main.rs")
}

/// The module that the file at `path` below `src` holds.
fn module_of(path: &Path) -> Module {
    let path = if is_own_file_of_folder(path) { path.parent().unwrap_or(path) } else { &path.with_extension("") };
    path.iter().map(|part| part.to_string_lossy().into_owned()).collect()
}

/// The modules that are declared with `#[cfg(test)] mod name;`.
fn test_modules(files: &[SourceFile]) -> HashSet<Module> {
    let mut modules = HashSet::new();
    for file in files {
        for item in &file.parsed.items {
            if let Item::Mod(declared) = item
                && is_test_only(&declared.attrs)
            {
                let mut module = file.module.clone();
                module.push(declared.ident.to_string());
                modules.insert(module);
            }
        }
    }
    modules
}

/// Whether attributes keep an item out of every build but that of tests.
pub fn is_test_only(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("cfg") && conditions(&attribute.meta).iter().any(needs_test))
}

/// Whether a condition of `cfg` holds in builds of tests only.
fn needs_test(condition: &Meta) -> bool {
    if condition.path().is_ident("all") {
        conditions(condition).iter().any(needs_test)
    } else {
        condition.path().is_ident("test")
    }
}

/// The content of the parentheses of `cfg(…)`, `all(…)` and `any(…)`.
fn conditions(meta: &Meta) -> Vec<Meta> {
    let list = meta.require_list().and_then(|list| list.parse_args_with(Punctuated::<Meta, Comma>::parse_terminated));
    list.into_iter().flatten().collect()
}
