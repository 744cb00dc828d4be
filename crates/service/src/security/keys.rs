//! The secret key of an installation, kept outside the database. It seals secrets that have to be shown again (AEAD)
//! and hashes secrets that are only looked up (keyed hash).

use super::limiter::BucketKey;
use crate::{
    ServiceError,
    environment::{Environment, NoEntropy},
};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use domain::journal::change::KeyedHash;
use std::{fmt, io, path::Path};

/// Bytes of the key file.
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// Why the key cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The key file cannot be read or written.
    #[error("the key file {path} cannot be used: {source}")]
    File {
        /// Path of the file.
        path: String,
        /// The operating system's error.
        source: io::Error,
    },
    /// The key file does not contain 32 bytes in hexadecimal.
    #[error("the key file {0} is damaged: it must contain 64 hexadecimal digits")]
    Damaged(String),
    /// There is a database, but the key that belongs to it is missing.
    #[error(
        "the key file {path} is missing, but the database belongs to one. Restore it from a backup. Nothing was changed. \
         Without it devices, links, PINs and sessions are not recognized"
    )]
    Missing {
        /// Path of the file.
        path: String,
    },
    /// The key belongs to another database.
    #[error(
        "the key file {path} does not belong to this database. Restore the two from the same backup. Nothing was changed"
    )]
    Other {
        /// Path of the file.
        path: String,
    },
    /// No random bytes for a new key.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

/// A sealed value could not be unsealed: another key or purpose, or a damaged database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value cannot be unsealed with this key")]
pub struct WrongKey;

/// The keys of an installation, one for each use, derived from the key file.
#[derive(Clone)]
pub struct Keys {
    seal: XChaCha20Poly1305,
    lookup: [u8; 32],
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// Derives the keys from 32 secret bytes.
    pub fn derive(secret: &[u8; KEY_BYTES]) -> Self {
        let seal = blake3::derive_key("rollcall 2026-11 sealing of credentials", secret);
        let lookup = blake3::derive_key("rollcall 2026-11 lookup hashes", secret);
        Self { seal: XChaCha20Poly1305::new(&seal.into()), lookup }
    }

    /// Reads the key file of an installation that has a database.
    ///
    /// # Errors
    /// The file is missing, cannot be read, or is damaged.
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        let shown = || path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => {
                decode_hex(text.trim()).map(|secret| Self::derive(&secret)).ok_or_else(|| KeyError::Damaged(shown()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(KeyError::Missing { path: shown() }),
            Err(source) => Err(KeyError::File { path: shown(), source }),
        }
    }

    /// Reads the key file of an installation without a database, or creates it if there is none, readable by its owner
    /// only. It is durable before the database is created, which is worthless without it.
    ///
    /// # Errors
    /// The file cannot be read or written, or is damaged.
    pub fn load_or_create(path: &Path, environment: &Environment) -> Result<Self, KeyError> {
        match Self::load(path) {
            Err(KeyError::Missing { .. }) => {
                let secret: [u8; KEY_BYTES] = environment.bytes()?;
                write_private(path, &encode_hex(&secret))
                    .map_err(|source| KeyError::File { path: path.display().to_string(), source })?;
                Ok(Self::derive(&secret))
            }
            loaded => loaded,
        }
    }

    /// What the database stores of the key, to know it again.
    pub(crate) fn check_value(&self) -> KeyedHash {
        self.hash("key check", "")
    }

    /// Seals a text. `purpose` is authenticated too: the text can be unsealed only for the same purpose.
    ///
    /// # Errors
    /// No random bytes for the nonce.
    pub fn seal(&self, purpose: &str, text: &str, environment: &Environment) -> Result<Vec<u8>, NoEntropy> {
        self.seal_bytes(purpose, text.as_bytes(), environment)
    }

    /// Seals bytes, as [`Keys::seal`] seals a text.
    ///
    /// # Errors
    /// No random bytes for the nonce.
    pub fn seal_bytes(&self, purpose: &str, bytes: &[u8], environment: &Environment) -> Result<Vec<u8>, NoEntropy> {
        let nonce: [u8; NONCE_BYTES] = environment.bytes()?;
        let payload = Payload { msg: bytes, aad: purpose.as_bytes() };
        let sealed = self.seal.encrypt(&XNonce::from(nonce), payload).map_err(|_| NoEntropy)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Unseals what [`Keys::seal`] sealed.
    ///
    /// # Errors
    /// Another key or purpose, or damaged data.
    pub fn unseal(&self, purpose: &str, sealed: &[u8]) -> Result<String, WrongKey> {
        String::from_utf8(self.unseal_bytes(purpose, sealed)?).map_err(|_| WrongKey)
    }

    /// Unseals what [`Keys::seal_bytes`] sealed.
    ///
    /// # Errors
    /// Another key or purpose, or damaged data.
    pub fn unseal_bytes(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, WrongKey> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(WrongKey)?;
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        self.seal.decrypt(&XNonce::from(*nonce), payload).map_err(|_| WrongKey)
    }

    /// The keyed hash of bytes, as [`Keys::hash`] makes one of a text.
    pub fn hash_bytes(&self, purpose: &str, secret: &[u8]) -> KeyedHash {
        let mut hasher = blake3::Hasher::new_keyed(&self.lookup);
        hasher.update(purpose.as_bytes());
        hasher.update(&[0]);
        hasher.update(secret);
        KeyedHash(*hasher.finalize().as_bytes())
    }

    /// The keyed hash by which a secret is looked up. The same secret has another hash for another `purpose`.
    pub fn hash(&self, purpose: &str, secret: &str) -> KeyedHash {
        self.hash_bytes(purpose, secret.as_bytes())
    }

    /// The key of the bucket of a limit on wrong attempts: what is limited, and of what.
    pub(crate) fn bucket(&self, limit: &str, parts: &[&str]) -> BucketKey {
        let hash = self.hash(limit, &parts.join("\0"));
        let mut key = [0; 16];
        key.copy_from_slice(&hash.0[..16]);
        BucketKey(key)
    }
}

/// Compares hashes in constant time.
pub fn same_hash(a: KeyedHash, b: KeyedHash) -> bool {
    blake3::Hash::from_bytes(a.0) == blake3::Hash::from_bytes(b.0)
}

/// Writes a file that only its owner can read, atomically.
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let partial = path.with_extension("partial");
    let mut file = options.open(&partial)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(partial, path)?;
    // The new name is durable with its folder only.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}

/// Lower-case hexadecimal digits.
pub(crate) fn encode_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// `N` bytes from hexadecimal digits.
pub(crate) fn decode_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != N * 2 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(bytes)
}

impl From<WrongKey> for ServiceError {
    fn from(error: WrongKey) -> Self {
        Self::internal(&error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_unsealed_only_with_its_own_key_and_purpose() {
        let (environment, keys, other) = (Environment::system(), Keys::derive(&[1; 32]), Keys::derive(&[2; 32]));
        let sealed = keys.seal("pin", "12345678", &environment).unwrap();
        assert_eq!(keys.unseal("pin", &sealed).as_deref(), Ok("12345678"));
        assert_eq!(keys.unseal("token", &sealed), Err(WrongKey));
        assert_eq!(other.unseal("pin", &sealed), Err(WrongKey));
        assert_eq!(keys.unseal("pin", &sealed[..10]), Err(WrongKey));
    }

    #[test]
    fn the_key_file_is_created_once_and_is_private() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret.key");
        let environment = Environment::system();
        let first = Keys::load_or_create(&path, &environment).unwrap();
        let again = Keys::load_or_create(&path, &environment).unwrap();
        assert_eq!(first.hash("a", "b"), again.hash("a", "b"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&path, "too short").unwrap();
        assert!(matches!(Keys::load_or_create(&path, &environment), Err(KeyError::Damaged(_))));
    }

    #[test]
    fn a_missing_key_of_a_database_is_never_made_anew() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret.key");
        assert!(matches!(Keys::load(&path), Err(KeyError::Missing { .. })));
        assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 0);
    }

    #[test]
    fn a_key_file_that_cannot_be_read_is_not_taken_for_a_missing_one() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(Keys::load(dir.path()), Err(KeyError::File { .. })));
    }

    #[test]
    fn hexadecimal_digits_have_the_right_number_or_are_refused() {
        assert_eq!(decode_hex::<2>("0aff"), Some([10, 255]));
        for text in ["", "0a", "0af", "0aff00", "0ag0", "éé"] {
            assert_eq!(decode_hex::<2>(text), None, "{text}");
        }
        assert_eq!(decode_hex::<4>("éééé"), None);
    }
}
