//! The file with the agent's memory: readable by its user alone, written as a whole or not at all.

use crate::state::agent_state::AgentState;
use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// Why the agent's memory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// Reading or writing failed.
    #[error("The state file {} cannot be used: {source}.", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The content is not what this program writes.
    #[error("The state file {} is damaged: {source}. Move it away and enroll again.", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// Another agent uses the same memory.
    #[error("Another rollcall-agent is using {}. Stop it first.", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// There is no enrollment to work with.
    #[error("This device is not enrolled. Enroll it first: rollcall-agent enroll URL")]
    NotEnrolled,
    /// The operating system provides no randomness.
    #[error("The operating system provides no randomness: {0}.")]
    Randomness(#[from] getrandom::Error),
    /// Neither `XDG_DATA_HOME` nor `HOME` is set.
    #[error("There is no home directory; use --state to name the file for the agent's memory.")]
    NoHome,
}

/// Where the agent's memory is, locked for this process.
#[derive(Debug)]
pub struct StateFile {
    path: PathBuf,
    /// Held for its lock, which ends with the process.
    _lock: File,
}

/// The default place of the memory: `rollcall-agent/state.json` in the user's data directory (XDG).
///
/// # Errors
/// There is no home directory.
pub fn default_path() -> Result<PathBuf, StateError> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let data = absolute("XDG_DATA_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/share")));
    data.map(|dir| dir.join("rollcall-agent/state.json")).ok_or(StateError::NoHome)
}

/// Reads the memory without locking it; `None` when there is none yet.
///
/// # Errors
/// The file cannot be read or is damaged.
pub fn read(path: &Path) -> Result<Option<AgentState>, StateError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(StateError::Io { path: path.to_owned(), source }),
    };
    let state =
        serde_json::from_slice(&bytes).map_err(|source| StateError::Damaged { path: path.to_owned(), source })?;
    Ok(Some(state))
}

impl StateFile {
    /// Locks the memory at `path` for this process; creates the directory when it is missing.
    ///
    /// # Errors
    /// The directory cannot be written, or another process has locked the memory.
    pub fn lock(path: PathBuf) -> Result<Self, StateError> {
        match acquire_lock(&path) {
            Ok(lock) => Ok(Self { path, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(StateError::InUse { path }),
            Err(TryLockError::Error(source)) => Err(StateError::Io { path, source }),
        }
    }

    /// Reads the memory; `None` when there is none yet.
    ///
    /// # Errors
    /// The file cannot be read or is damaged.
    pub fn load(&self) -> Result<Option<AgentState>, StateError> {
        read(&self.path)
    }

    /// Writes the memory; after a power cut the file has either the new content or the old.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, state: &AgentState) -> Result<(), StateError> {
        write_atomically(&self.path, state).map_err(|source| StateError::Io { path: self.path.clone(), source })
    }
}

fn acquire_lock(path: &Path) -> Result<File, TryLockError> {
    DirBuilder::new().recursive(true).mode(0o700).create(directory(path)).map_err(TryLockError::Error)?;
    let lock =
        private_options().create(true).truncate(false).open(sibling(path, "lock")).map_err(TryLockError::Error)?;
    lock.try_lock()?;
    Ok(lock)
}

fn write_atomically(path: &Path, state: &AgentState) -> io::Result<()> {
    let draft = sibling(path, "new");
    // A draft left behind by a crash may have other permissions.
    match fs::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private_options().create_new(true).open(&draft)?;
    let mut bytes = serde_json::to_vec_pretty(state)?;
    bytes.push(b'\n');
    file.write_all(&bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    File::open(directory(path))?.sync_all()
}

fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

fn directory(path: &Path) -> &Path {
    path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

fn sibling(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::stub::enrolled_state;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_memory_survives_and_only_its_user_can_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b/state.json");
        let file = StateFile::lock(path.clone()).unwrap();
        assert_eq!(file.load().unwrap(), None);
        let mut state = enrolled_state("http://127.0.0.1:1");
        file.save(&state).unwrap();
        state.seq = 7;
        file.save(&state).unwrap();
        assert_eq!(file.load().unwrap(), Some(state));
        let mode = |p: &Path| fs::metadata(p).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    }

    #[test]
    fn a_second_agent_is_kept_out() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.json");
        let first = StateFile::lock(path.clone()).unwrap();
        assert!(matches!(StateFile::lock(path.clone()), Err(StateError::InUse { .. })));
        drop(first);
        assert!(StateFile::lock(path).is_ok());
    }

    #[test]
    fn a_damaged_memory_is_reported_and_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.json");
        fs::write(&path, "{\"installation_id\":").unwrap();
        let file = StateFile::lock(path.clone()).unwrap();
        assert!(matches!(file.load(), Err(StateError::Damaged { .. })));
        assert_eq!(fs::read_to_string(path).unwrap(), "{\"installation_id\":");
    }

    #[test]
    fn secrets_do_not_show_in_debug_output() {
        let shown = format!("{:?}", enrolled_state("http://127.0.0.1:1").enrollment);
        assert!(!shown.contains("\"secret\""), "{shown}");
    }
}
