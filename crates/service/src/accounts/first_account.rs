//! Creating accounts, the first of them through a one-time link.

use super::{Browser, NewSession, sign_in::origin_of};
use crate::{
    InvalidField, Rollcall, ServiceError, ServiceResult,
    security::{
        hashing_line::Caller,
        keys::{encode_hex, same_hash},
    },
};
use domain::{
    audit::{AuditEvent, Origin},
    types::{ids::AccountId, text::EmailAddress},
};
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
        browser: &Browser,
    ) -> ServiceResult<NewSession> {
        if !self.check_setup_token(token).await? {
            return Err(ServiceError::WrongCredentials);
        }
        let account = self.new_account(email, password).await?;
        if !self.store.create_first_account(&account, self.keys.hash(SETUP, token)).await? {
            return Err(ServiceError::WrongCredentials);
        }
        self.note(&origin_of(&account, browser), AuditEvent::AccountCreated, &account.email).await;
        self.start_session(&account, browser).await
    }

    /// Creates an account, by a command on the server.
    ///
    /// # Errors
    /// The email is taken; the email or the password is invalid.
    pub async fn create_account(&self, email: &str, password: &str) -> ServiceResult<AccountId> {
        let account = self.new_account(email, password).await?;
        self.store.create_account(&account).await.map_err(account_error)?;
        self.note(&Origin::command_line(), AuditEvent::AccountCreated, &account.email).await;
        Ok(account.id)
    }

    async fn new_account(&self, email: &str, password: &str) -> ServiceResult<Account> {
        let email = EmailAddress::parse(email)?;
        let caller = Caller::Known(self.keys.bucket("new account", &[]));
        Ok(Account {
            id: AccountId(self.environment.id()?),
            email: email.to_string(),
            password: self.new_password(email.as_str(), password, caller).await?,
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
