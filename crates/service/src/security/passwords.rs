//! Passwords: argon2id with the crate's default parameters, which OWASP recommends (19 MiB, 2 passes).

use crate::{InvalidField, PASSWORD_MAX, PASSWORD_MIN, ServiceError, ServiceResult, environment::Environment};
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Hashes computed concurrently: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// Computes and verifies password hashes, a few at a time.
pub(crate) struct Passwords {
    permits: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Hashes a password, as a PHC string.
    pub(crate) async fn hash(&self, password: &str, environment: &Environment) -> ServiceResult<String> {
        check_length(password)?;
        let salt: [u8; 16] = environment.bytes()?;
        let password = password.to_owned();
        self.run_limited(move || {
            Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string())
        })
        .await?
        .map_err(|e| ServiceError::internal(&e))
    }

    /// Whether a password matches a hash. Without a hash it computes one anyway and returns false, so that the response
    /// time does not reveal which accounts exist.
    pub(crate) async fn verify(&self, password: &str, hash: Option<String>) -> ServiceResult<bool> {
        if password.len() > PASSWORD_MAX {
            return Ok(false);
        }
        let password = password.to_owned();
        self.run_limited(move || {
            if let Some(hash) = hash {
                return Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok();
            }
            let _ = Argon2::default().hash_password_with_salt(password.as_bytes(), &[0; 16]);
            false
        })
        .await
    }

    /// Runs CPU-bound work on a blocking thread, [`AT_ONCE`] at a time.
    async fn run_limited<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> ServiceResult<T> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| ServiceError::Unavailable)?;
        let result = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        result.await.map_err(|e| ServiceError::internal(&e))
    }
}

fn check_length(password: &str) -> Result<(), InvalidField> {
    if password.chars().count() < PASSWORD_MIN {
        Err(InvalidField::PasswordTooShort)
    } else if password.len() > PASSWORD_MAX {
        Err(InvalidField::PasswordTooLong)
    } else {
        Ok(())
    }
}
