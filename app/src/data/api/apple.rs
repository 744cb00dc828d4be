//! The push certificate for iPhones and iPads.

#[cfg(feature = "ssr")]
use crate::server::context::{answer, require_session};
use crate::wire::{DrawnPage, error::AppError};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

/// The state of the push certificate, with the forms. `outcome` is the word for what the last form led to, and `topic` is
/// the one of a certificate that was refused for it.
#[server(prefix = "/fn", endpoint = "apple/page", input = Postcard, output = Postcard)]
pub async fn apple_page(outcome: String, topic: String) -> Result<DrawnPage, AppError> {
    let call = require_session()?;
    let overview = answer(call.rollcall.push_overview().await)?;
    Ok(crate::server::apple::view(&overview, &outcome, &topic))
}
