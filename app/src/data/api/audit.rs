//! The audit log.

#[cfg(feature = "ssr")]
use crate::server::context::{answer, require_session};
use crate::wire::{DrawnPage, error::AppError};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

/// A page of the audit log, newest first: the entries before that with the number `before`. The latest ones if it is no
/// number.
#[server(prefix = "/fn", endpoint = "audit/list", input = Postcard, output = Postcard)]
pub async fn audit_page(before: String) -> Result<DrawnPage, AppError> {
    let call = require_session()?;
    let page = answer(call.rollcall.audit_trail(before.parse().ok(), service::AUDIT_PAGE).await)?;
    Ok(crate::server::audit::view(&page))
}
