//! Bearer tokens of scripts.

use crate::{Rollcall, ServiceError, ServiceResult, security::keys::encode_hex};
use domain::{
    Timestamp,
    types::{
        ids::ApiTokenId,
        text::{TextError, clean_text},
    },
};
use store::ApiToken;

const API_TOKEN: &str = "api token";
/// What an API token begins with, so that secret scanners recognise it.
const API_TOKEN_PREFIX: &str = "rct_";
/// Uses of an API token within this time are noted once, in seconds.
const TOUCH_INTERVAL_S: i64 = 60;

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
    /// Makes a bearer token for a script, and returns it in clear; it is not shown again.
    ///
    /// # Errors
    /// The name is empty or taken.
    pub async fn create_api_token(&self, name: &str) -> ServiceResult<String> {
        let name = clean_text(name, 100);
        if name.is_empty() {
            return Err(TextError::NameEmpty.into());
        }
        let token = format!("{API_TOKEN_PREFIX}{}", encode_hex(&self.environment.bytes::<32>()?));
        let token_hash = self.keys.hash(API_TOKEN, &token);
        let id = ApiTokenId(self.environment.id()?);
        let row = ApiToken { id, name, token_hash, created_at: self.environment.now(), last_used_at: None };
        self.store.create_api_token(&row).await?;
        Ok(token)
    }

    /// The name of a bearer token; `None` when it is not one.
    pub async fn api_token(&self, token: &str) -> ServiceResult<Option<String>> {
        let Some(found) = self.store.find_api_token(self.keys.hash(API_TOKEN, token)).await? else { return Ok(None) };
        let now = self.environment.now();
        if found.last_used_at.is_none_or(|at| now.seconds_since(at) >= TOUCH_INTERVAL_S) {
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
