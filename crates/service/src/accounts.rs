//! Accounts of the console, the one-time link that makes the first of them, and API tokens.

use crate::{
    InvalidField, Rollcall, ServiceError, ServiceResult,
    keys::{encode_hex, same_hash},
};
use domain::{
    Timestamp,
    types::{
        ids::{AccountId, ApiTokenId, SessionId},
        text::{EmailAddress, TextError, clean_text},
    },
};
use i18n::Language;
use std::{fmt, net::IpAddr};
use store::{Account, ApiToken};

const SETUP: &str = "setup link";
const API_TOKEN: &str = "api token";
/// What an API token begins with, so that secret scanners recognise it.
const API_TOKEN_PREFIX: &str = "rct_";
/// Uses of an API token within this time are noted once, in seconds.
const TOUCH_PAUSE_S: i64 = 60;

/// The browser that signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    /// What it calls itself.
    pub user_agent: String,
    /// Where it is.
    pub address: IpAddr,
}

/// The secret of a session's cookie. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(pub(crate) String);

impl SessionToken {
    /// The value of a cookie, as a browser sent it: not checked yet.
    pub fn from_cookie(value: &str) -> Self {
        Self(value.to_owned())
    }

    /// The secret in clear, for the cookie.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account_id: AccountId,
    /// Its email, also its name in the journal.
    pub email: String,
    /// The session.
    pub session_id: SessionId,
    /// The language of the console that the account chose; `None`: what the browser asks for.
    pub language: Option<Language>,
}

/// An API token as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiTokenRow {
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

impl Rollcall {
    /// A fresh one-time token for the link that makes the first account; the one before stops working. `None` when there
    /// is an account.
    pub async fn setup_link_token(&self) -> ServiceResult<Option<String>> {
        if self.store.has_accounts().await? {
            return Ok(None);
        }
        let token = encode_hex(&self.edge.bytes::<20>()?);
        self.store.save_setup(self.keys.hash(SETUP, &token)).await?;
        Ok(Some(token))
    }

    /// Whether a one-time token still works.
    pub async fn check_setup_token(&self, token: &str) -> ServiceResult<bool> {
        let told = self.keys.hash(SETUP, token);
        Ok(!self.store.has_accounts().await?
            && self.store.find_setup().await?.is_some_and(|known| same_hash(known, told)))
    }

    /// Makes the first account and signs it in.
    ///
    /// # Errors
    /// The token does not work (any more); the email or the password is not acceptable.
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
        tracing::info!(account.id = %account.id, "The first account {} was made", account.id);
        self.start_session(&account, &browser).await
    }

    /// Makes an account.
    ///
    /// # Errors
    /// The email is taken; the email or the password is not acceptable.
    pub async fn create_account(&self, email: &str, password: &str) -> ServiceResult<AccountId> {
        let account = self.new_account(email, password).await?;
        self.store.create_account(&account).await.map_err(account_error)?;
        Ok(account.id)
    }

    async fn new_account(&self, email: &str, password: &str) -> ServiceResult<Account> {
        let email = EmailAddress::parse(email)?;
        Ok(Account {
            id: AccountId(self.edge.id()?),
            email: email.to_string(),
            password_hash: self.passwords.hash(password, &self.edge).await?,
            created_at: self.edge.now(),
        })
    }

    /// Makes a bearer token for a script, and returns it in clear; it is not shown again.
    ///
    /// # Errors
    /// The name is empty or taken.
    pub async fn create_api_token(&self, name: &str) -> ServiceResult<String> {
        let name = clean_text(name, 100);
        if name.is_empty() {
            return Err(TextError::NameEmpty.into());
        }
        let token = format!("{API_TOKEN_PREFIX}{}", encode_hex(&self.edge.bytes::<32>()?));
        let token_hash = self.keys.hash(API_TOKEN, &token);
        let id = ApiTokenId(self.edge.id()?);
        let row = ApiToken { id, name, token_hash, created_at: self.edge.now(), last_used_at: None };
        self.store.create_api_token(&row).await?;
        Ok(token)
    }

    /// The name of a bearer token; `None` when it is not one.
    pub async fn api_token(&self, token: &str) -> ServiceResult<Option<String>> {
        let Some(found) = self.store.find_api_token(self.keys.hash(API_TOKEN, token)).await? else { return Ok(None) };
        let now = self.edge.now();
        if found.last_used_at.is_none_or(|at| now.seconds_since(at) >= TOUCH_PAUSE_S) {
            self.store.touch_api_token(found.id, now).await?;
        }
        Ok(Some(found.name))
    }

    /// All API tokens, by name.
    pub async fn list_api_tokens(&self) -> ServiceResult<Vec<ApiTokenRow>> {
        let tokens = self.store.list_api_tokens().await?;
        Ok(tokens
            .into_iter()
            .map(|t| ApiTokenRow { name: t.name, created_at: t.created_at, last_used_at: t.last_used_at })
            .collect())
    }

    /// Removes an API token.
    ///
    /// # Errors
    /// There is none of this name.
    pub async fn revoke_api_token(&self, name: &str) -> ServiceResult<()> {
        if self.store.delete_api_token(name).await? { Ok(()) } else { Err(ServiceError::NotFound) }
    }
}

/// "Another person" would be wrong for an account.
fn account_error(error: store::StoreError) -> ServiceError {
    match error {
        store::StoreError::EmailTaken => InvalidField::AccountExists.into(),
        other => other.into(),
    }
}
