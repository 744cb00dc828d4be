//! Whether the files of the database are still those that were opened. SQLite goes on writing into a file that was deleted,
//! and nobody will ever read it.

use std::{
    fs, io,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};
use store::{Outage, StoreError, StoreResult};

/// The database and its write-ahead log as they were when the connection was opened.
#[derive(Clone, Debug)]
pub(crate) struct Files(Vec<OpenedFile>);

#[derive(Clone, Debug)]
struct OpenedFile {
    path: PathBuf,
    /// Device and inode.
    identity: (u64, u64),
}

impl Files {
    /// Remembers the files of the database at `path`.
    ///
    /// # Errors
    /// One of them does not exist.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        Ok(Self(vec![OpenedFile::of(path.to_owned())?, OpenedFile::of(log.into())?]))
    }

    /// How large they are: the database, and its write-ahead log.
    pub(super) fn sizes(&self) -> [Option<u64>; 2] {
        [0, 1].map(|place| self.0.get(place).and_then(|file| Some(fs::metadata(&file.path).ok()?.len())))
    }

    /// Checks that nobody deleted or replaced them.
    pub(crate) fn check(&self) -> StoreResult<()> {
        self.0.iter().try_for_each(OpenedFile::check)
    }
}

impl OpenedFile {
    fn of(path: PathBuf) -> io::Result<Self> {
        let identity = identity(&path)?;
        Ok(Self { path, identity })
    }

    fn check(&self) -> StoreResult<()> {
        match identity(&self.path) {
            Ok(found) if found == self.identity => Ok(()),
            Ok(_) => Err(StoreError::unusable(Outage::Replaced, format!("{} is another file", self.path.display()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(StoreError::unusable(Outage::Replaced, format!("{} is gone", self.path.display())))
            }
            Err(error) => Err(StoreError::unusable(Outage::Unreachable, error)),
        }
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let found = fs::metadata(path)?;
    Ok((found.dev(), found.ino()))
}
