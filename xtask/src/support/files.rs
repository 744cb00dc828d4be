//! Small helpers around the file system, with the path in every error.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Reads a whole file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}

/// Reads a whole text file.
pub fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, content).with_context(|| format!("could not write {}", path.display()))
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("could not make {}", path.display()))
}

/// Makes `path` an empty folder.
pub fn empty_folder(path: &Path) -> Result<()> {
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| format!("could not empty {}", path.display()))?;
    }
    make_folder(path)
}

/// Every file below `folder`, relative to it and sorted. Empty if there is no such folder.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        collect(folder, Path::new(""), &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn collect(root: &Path, below: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let folder = root.join(below);
    for entry in fs::read_dir(&folder).with_context(|| format!("could not list {}", folder.display()))? {
        let entry = entry?;
        let relative = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(root, &relative, found)?;
        } else {
            found.push(relative);
        }
    }
    Ok(())
}

/// Makes `to` hold the files of `from` and no others. Files that are the same already are not touched:
/// Cargo compiles a server anew when a file that it embeds has a new time of change.
pub fn mirror(from: &Path, to: &Path) -> Result<()> {
    let wanted = list(from)?;
    for stale in list(to)?.iter().filter(|path| !wanted.contains(path)) {
        let stale = to.join(stale);
        fs::remove_file(&stale).with_context(|| format!("could not remove {}", stale.display()))?;
    }
    for file in &wanted {
        let content = read(&from.join(file))?;
        let target = to.join(file);
        if fs::read(&target).ok().as_ref() != Some(&content) {
            write(&target, content)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn a_mirror_takes_what_is_new_and_drops_what_is_stale() -> Result<()> {
        let temporary = tempfile::tempdir()?;
        let (from, to) = (temporary.path().join("from"), temporary.path().join("to"));
        write(&from.join("pkg/new.js"), "new")?;
        write(&from.join("same.txt"), "same")?;
        write(&to.join("pkg/old.js"), "old")?;
        write(&to.join("same.txt"), "other")?;

        mirror(&from, &to)?;

        assert_eq!(list(&to)?, list(&from)?);
        assert_eq!(read_text(&to.join("same.txt"))?, "same");
        Ok(())
    }

    #[test]
    fn a_mirror_leaves_a_file_that_is_the_same_untouched() -> Result<()> {
        let temporary = tempfile::tempdir()?;
        let (from, to) = (temporary.path().join("from"), temporary.path().join("to"));
        write(&from.join("same.txt"), "same")?;
        write(&to.join("same.txt"), "same")?;
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_hours(24);
        fs::File::open(to.join("same.txt"))?.set_modified(long_ago)?;

        mirror(&from, &to)?;

        assert_eq!(fs::metadata(to.join("same.txt"))?.modified()?, long_ago);
        Ok(())
    }
}
