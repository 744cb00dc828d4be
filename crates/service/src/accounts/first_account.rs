//! Creating accounts, the first of them through a one-time link.

use super::{Browser, SessionToken};
use crate::{
    InvalidField, Rollcall, ServiceError, ServiceResult,
    security::keys::{encode_hex, same_hash},
};
use domain::types::{ids::AccountId, text::EmailAddress};
use store::Account;

const SETUP: &str = "setup link";

impl Rollcall {
    /// A new one-time token for the link that creates the first account; it replaces the previous one. `None` when an
    /// account exists.
    pub async fn setup_link_token(&self) -> ServiceResult<Option<String>> {
        if self.store.has_accounts().await? {
            return Ok(None);
        }
        let token = encode_hex(&self.environment.bytes::<20>()?);
        self.store.save_setup(self.keys.hash(SETUP, &token)).await?;
        Ok(Some(token))
    }

    /// Whether a one-time token is still valid.
    pub async fn check_setup_token(&self, token: &str) -> ServiceResult<bool> {
        let hash = self.keys.hash(SETUP, token);
        Ok(!self.store.has_accounts().await?
            && self.store.find_setup().await?.is_some_and(|known| same_hash(known, hash)))
    }

    /// Creates the first account and signs it in.
    ///
    /// # Errors
    /// The token is not valid, or no longer; the email or the password is invalid.
    pub async fn create_first_account(
        &self,
        token: &str,
        email: &str,
        password: &str,
        browser: Browser,
    ) -> ServiceResult<SessionToken> {
        if !self.check_setup_token(token).await? {
            return Err(ServiceError::WrongCredentials);
        }
        let account = self.new_account(email, password).await?;
        if !self.store.create_first_account(&account, self.keys.hash(SETUP, token)).await? {
            return Err(ServiceError::WrongCredentials);
        }
        tracing::info!(account.id = %account.id, "The first account {} was created", account.id);
        self.start_session(&account, &browser).await
    }

    /// Creates an account.
    ///
    /// # Errors
    /// The email is taken; the email or the password is invalid.
    pub async fn create_account(&self, email: &str, password: &str) -> ServiceResult<AccountId> {
        let account = self.new_account(email, password).await?;
        self.store.create_account(&account).await.map_err(account_error)?;
        Ok(account.id)
    }

    async fn new_account(&self, email: &str, password: &str) -> ServiceResult<Account> {
        let email = EmailAddress::parse(email)?;
        Ok(Account {
            id: AccountId(self.environment.id()?),
            email: email.to_string(),
            password_hash: self.passwords.hash(password, &self.environment).await?,
            created_at: self.environment.now(),
        })
    }
}

/// The store reports a taken email as that of a person; for an account the text would be wrong.
fn account_error(error: store::StoreError) -> ServiceError {
    match error {
        store::StoreError::EmailTaken => InvalidField::AccountExists.into(),
        other => other.into(),
    }
}
