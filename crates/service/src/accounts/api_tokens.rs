//! API tokens: bearer tokens for scripts.

use crate::{Rollcall, ServiceError, ServiceResult, security::keys::encode_hex};
use domain::{
    Timestamp,
    audit::{AuditEvent, Origin},
    types::{
        ids::ApiTokenId,
        text::{TextError, clean_text},
    },
};
use store::ApiToken;

const API_TOKEN: &str = "api token";
/// Prefix of API tokens, by which secret scanners recognise them.
const API_TOKEN_PREFIX: &str = "rct_";
/// The last use of an API token is written at most this often, in seconds.
const TOUCH_INTERVAL_S: i64 = 60;

/// An API token in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiTokenRow {
    /// Its name.
    pub name: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last used, accurate to a minute.
    pub last_used_at: Option<Timestamp>,
}

impl Rollcall {
    /// Creates an API token, by a command on the server, and returns it in clear. Only its keyed hash is stored, so it cannot
    /// be shown again.
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
        self.note(&Origin::command_line(), AuditEvent::TokenCreated, &row.name).await;
        Ok(token)
    }

    /// The name of the API token that a bearer token is; `None` when it is not valid.
    pub async fn api_token(&self, token: &str) -> ServiceResult<Option<String>> {
        let Some(found) = self.store.find_api_token(self.keys.hash(API_TOKEN, token)).await? else { return Ok(None) };
        let now = self.environment.now();
        let last_used_at = self.unwritten_uses.of_api_token(found.id, found.last_used_at);
        if last_used_at.is_none_or(|at| now.seconds_since(at) >= TOUCH_INTERVAL_S) {
            self.unwritten_uses.use_api_token(found.id, now);
        }
        Ok(Some(found.name))
    }

    /// All API tokens, ordered by name.
    pub async fn list_api_tokens(&self) -> ServiceResult<Vec<ApiTokenRow>> {
        let tokens = self.store.list_api_tokens().await?;
        Ok(tokens
            .into_iter()
            .map(|t| ApiTokenRow {
                name: t.name,
                created_at: t.created_at,
                last_used_at: self.unwritten_uses.of_api_token(t.id, t.last_used_at),
            })
            .collect())
    }

    /// Revokes an API token, by a command on the server.
    ///
    /// # Errors
    /// There is no token with this name.
    pub async fn revoke_api_token(&self, name: &str) -> ServiceResult<()> {
        if !self.store.delete_api_token(name).await? {
            return Err(ServiceError::NotFound);
        }
        self.note(&Origin::command_line(), AuditEvent::TokenRevoked, name).await;
        Ok(())
    }
}
