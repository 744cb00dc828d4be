//! The audit log.

use super::{errors::ApiErrors, token::Script};
use crate::{
    http::{extract::QueryParams, problem::Problem},
    state::AppState,
};
use axum::{Json, extract::State};
use domain::{
    Timestamp,
    audit::{AuditActor, AuditEvent, AuditPage, NumberedEntry},
};
use serde::{Deserialize, Serialize};
use service::AUDIT_PAGE;
use std::net::IpAddr;
use utoipa::ToSchema;

/// Who did it
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditWho {
    /// An account, by its email.
    Account,
    /// A script, by the name of its API token.
    ApiToken,
    /// A command on the server.
    CommandLine,
    /// Nobody who is signed in.
    Stranger,
}

/// An entry of the audit log
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditLogEntry {
    /// Its number; later entries have greater ones.
    seq: i64,
    /// When; of an entry that counts, the first time.
    at: Timestamp,
    /// What happened.
    event: AuditEvent,
    /// Who did it.
    who: AuditWho,
    /// The email of the account, or the name of the API token.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// From which IP address; absent for a command on the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    address: Option<IpAddr>,
    /// What it was done to: an account, a token, a list; empty when the event says it.
    subject: String,
    /// How often it happened at least, for an entry that stands for many; else 1.
    times: u64,
}

impl From<NumberedEntry> for AuditLogEntry {
    fn from(NumberedEntry { seq, entry }: NumberedEntry) -> Self {
        let (who, name) = match entry.actor {
            AuditActor::Account(email) => (AuditWho::Account, Some(email)),
            AuditActor::ApiToken(name) => (AuditWho::ApiToken, Some(name)),
            AuditActor::CommandLine => (AuditWho::CommandLine, None),
            AuditActor::Stranger => (AuditWho::Stranger, None),
        };
        let (at, event, address, subject, times) = (entry.at, entry.event, entry.address, entry.subject, entry.times);
        Self { seq, at, event, who, name, address, subject, times }
    }
}

/// A page of the audit log
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditLog {
    /// The entries, newest first.
    items: Vec<AuditLogEntry>,
    /// `before` of the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<i64>,
}

impl From<AuditPage> for AuditLog {
    fn from(page: AuditPage) -> Self {
        Self { items: page.entries.into_iter().map(AuditLogEntry::from).collect(), next: page.next }
    }
}

/// Which entries
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Entries with a smaller number than this: `next` of a page.
    before: Option<i64>,
    /// Entries on the page: 1 to 100; 100 if absent.
    size: Option<u32>,
}

/// Reads the audit log
///
/// Who signed in or failed to, exported lists, or changed accounts, API tokens and settings, and from where.
#[utoipa::path(
    get,
    path = "/api/v1/audit",
    tag = "server",
    params(AuditQuery),
    security(("api_token" = [])),
    responses((status = 200, description = "A page, newest first", body = AuditLog), ApiErrors)
)]
pub async fn list_audit(
    State(state): State<AppState>,
    _script: Script,
    QueryParams(query): QueryParams<AuditQuery>,
) -> Result<Json<AuditLog>, Problem> {
    let size = query.size.unwrap_or(AUDIT_PAGE).clamp(1, AUDIT_PAGE);
    Ok(Json(state.rollcall.audit_trail(query.before, size).await?.into()))
}
