//! Passwords: argon2id with the crate's default parameters, which OWASP recommends (19 MiB, 2 passes).

use super::hashing_line::{Caller, HashingLine, LineFull};
use crate::{PASSWORD_MAX, ServiceError, ServiceResult, environment::Environment};
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use store::{PasswordScheme, StoredPassword};
use unicode_normalization::UnicodeNormalization as _;

/// How hashes with today's parameters begin.
const TODAYS_PARAMETERS: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

/// Computes and verifies password hashes, a few at a time.
#[derive(Default)]
pub(crate) struct Passwords {
    line: HashingLine,
}

/// The result of verifying a password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verified {
    /// Whether it is the account's password.
    pub(crate) is_right: bool,
    /// The same password as it is stored today, when it was stored otherwise.
    pub(crate) upgrade: Option<StoredPassword>,
}

impl Passwords {
    /// Hashes a password that passed [`super::password_policy::check`].
    ///
    /// # Errors
    /// Too many hashes are waited for.
    pub(crate) async fn hash(
        &self,
        password: &str,
        caller: Caller,
        environment: &Environment,
    ) -> ServiceResult<StoredPassword> {
        let (password, salt) = (prepared(password), environment.bytes()?);
        self.run_in_line(caller, move || hash(&password, &salt)).await?.map_err(|e| ServiceError::internal(&e))
    }

    /// Whether a password is the stored one. Without a stored one it computes a hash anyway, so that the time of the
    /// answer does not reveal which accounts exist.
    ///
    /// # Errors
    /// Too many hashes are waited for: nothing was computed.
    pub(crate) async fn verify(
        &self,
        password: &str,
        stored: Option<StoredPassword>,
        caller: Caller,
        environment: &Environment,
    ) -> ServiceResult<Verified> {
        let (password, salt) = (password.to_owned(), environment.bytes()?);
        self.run_in_line(caller, move || {
            if let Some(stored) = stored {
                return verify(&password, &stored, &salt);
            }
            drop(hash(&prepared(&password), &salt));
            Verified::default()
        })
        .await
    }

    /// Runs CPU-bound work on a blocking thread, when it is the caller's turn.
    async fn run_in_line<T: Send + 'static>(
        &self,
        caller: Caller,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> ServiceResult<T> {
        let permit = self.line.enter(caller).await.map_err(|LineFull| ServiceError::SignInsWaiting)?;
        let result = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        result.await.map_err(|e| ServiceError::internal(&e))
    }
}

/// A password as it is hashed: one spelling for each character (NFC), and a space for every kind of space, so that every
/// keyboard gives the same password (RFC 8265). Never NFKC, which makes one password of two.
pub(crate) fn prepared(password: &str) -> String {
    password.chars().map(|c| if is_space(c) { ' ' } else { c }).nfc().collect()
}

/// Spaces of Unicode's category Zs.
const fn is_space(c: char) -> bool {
    matches!(c, '\u{20}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Whether a password is too long to be hashed: it is no account's.
pub(crate) const fn is_too_long(password: &str) -> bool {
    password.len() > PASSWORD_MAX
}

fn hash(prepared: &str, salt: &[u8; 16]) -> Result<StoredPassword, argon2::password_hash::Error> {
    let hash = Argon2::default().hash_password_with_salt(prepared.as_bytes(), salt)?.to_string();
    Ok(StoredPassword { hash, scheme: PasswordScheme::Prepared })
}

fn verify(password: &str, stored: &StoredPassword, salt: &[u8; 16]) -> Verified {
    let prepared = prepared(password);
    let typed = match stored.scheme {
        PasswordScheme::AsTyped => password,
        PasswordScheme::Prepared => &prepared,
    };
    let is_right = Argon2::default().verify_password(typed.as_bytes(), stored.hash.as_str()).is_ok();
    let is_todays = stored.scheme == PasswordScheme::Prepared && stored.hash.starts_with(TODAYS_PARAMETERS);
    // A failure to hash again is no reason to refuse a right password.
    let upgrade = (is_right && !is_todays).then(|| hash(&prepared, salt).ok()).flatten();
    Verified { is_right, upgrade }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::limiter::BucketKey;

    const ME: Caller = Caller::Stranger(BucketKey([1; 16]));

    #[tokio::test]
    async fn a_password_is_the_same_however_its_characters_are_typed() {
        let (passwords, environment) = (Passwords::default(), Environment::system());
        let stored = passwords.hash("Příliš žluťoučký kůň", ME, &environment).await.unwrap();
        for typed in ["Příliš žluťoučký kůň", "Příliš\u{a0}z\u{30c}lut\u{30c}ouc\u{30c}ky\u{301} kůň"] {
            let verified = passwords.verify(typed, Some(stored.clone()), ME, &environment).await.unwrap();
            assert_eq!(verified, Verified { is_right: true, upgrade: None }, "{typed}");
        }
        let other = passwords.verify("Prilis zlutoucky kun", Some(stored), ME, &environment).await.unwrap();
        assert!(!other.is_right);
    }

    #[tokio::test]
    async fn a_password_of_an_older_version_stays_valid_and_is_stored_anew() {
        let (passwords, environment) = (Passwords::default(), Environment::system());
        let typed = "cafe\u{301} de\u{a0}nuit";
        let hash = Argon2::default().hash_password_with_salt(typed.as_bytes(), &[7; 16]).unwrap().to_string();
        let old = StoredPassword { hash, scheme: PasswordScheme::AsTyped };
        let verified = passwords.verify(typed, Some(old), ME, &environment).await.unwrap();
        assert!(verified.is_right);
        let new = verified.upgrade.unwrap();
        assert_eq!(new.scheme, PasswordScheme::Prepared);
        assert!(new.hash.starts_with(TODAYS_PARAMETERS), "{}", new.hash);
        for same in [typed, "café de nuit"] {
            let verified = passwords.verify(same, Some(new.clone()), ME, &environment).await.unwrap();
            assert_eq!(verified, Verified { is_right: true, upgrade: None });
        }
    }

    #[tokio::test]
    async fn without_an_account_every_password_is_wrong() {
        let (passwords, environment) = (Passwords::default(), Environment::system());
        assert_eq!(passwords.verify("anything", None, ME, &environment).await, Ok(Verified::default()));
    }
}
