//! Folders with too many files side by side.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::source::rust_files;

/// No folder below `src` may hold more Rust files than this.
pub const MAX_FILES: usize = 14;

/// The number of Rust files directly in each folder below `src`, folders of tests left out.
pub fn files_per_folder(src: &Path) -> Result<BTreeMap<PathBuf, usize>> {
    let mut counts = BTreeMap::new();
    for path in rust_files(src)? {
        if let Some(folder) = path.parent()
            && !folder.iter().any(|part| part == "tests")
        {
            *counts.entry(folder.to_path_buf()).or_default() += 1;
        }
    }
    Ok(counts)
}
