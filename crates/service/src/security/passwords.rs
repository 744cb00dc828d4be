//! Passwords: argon2id with the parameters that the crate recommends (OWASP's first choice: 19 MiB, 2 passes).

use crate::{InvalidField, PASSWORD_MAX, PASSWORD_MIN, ServiceError, ServiceResult, environment::Environment};
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Hashes made at the same time: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;
/// Checks and makes password hashes, a few at a time.
pub(crate) struct Passwords {
    places: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new() -> Self {
        Self { places: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Hashes a password, in PHC form.
    pub(crate) async fn hash(&self, password: &str, environment: &Environment) -> ServiceResult<String> {
        check(password)?;
        let salt: [u8; 16] = environment.bytes()?;
        let password = password.to_owned();
        self.work(move || {
            Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string())
        })
        .await?
        .map_err(|e| ServiceError::internal(&e))
    }

    /// Whether a password fits a hash. Without a hash it takes as long and says no, so that nobody learns who has an
    /// account from the time it takes.
    pub(crate) async fn verify(&self, password: &str, hash: Option<String>) -> ServiceResult<bool> {
        if password.len() > PASSWORD_MAX {
            return Ok(false);
        }
        let password = password.to_owned();
        self.work(move || {
            if let Some(hash) = hash {
                return Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok();
            }
            let _ = Argon2::default().hash_password_with_salt(password.as_bytes(), &[0; 16]);
            false
        })
        .await
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> ServiceResult<T> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| ServiceError::Unavailable)?;
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        });
        done.await.map_err(|e| ServiceError::internal(&e))
    }
}

fn check(password: &str) -> Result<(), InvalidField> {
    if password.chars().count() < PASSWORD_MIN {
        Err(InvalidField::PasswordTooShort)
    } else if password.len() > PASSWORD_MAX {
        Err(InvalidField::PasswordTooLong)
    } else {
        Ok(())
    }
}
