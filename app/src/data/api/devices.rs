//! Rows of the Mobile devices view.

#[cfg(feature = "ssr")]
use crate::server::context::{answer, require_session};
use crate::wire::{AttentionView, SlotPage, SlotRowView, error::AppError};
use domain::{
    list::{Page, SlotQuery},
    types::ids::SlotId,
};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

/// A page of the Mobile devices view.
#[server(prefix = "/fn", endpoint = "slots/list", input = Postcard, output = Postcard)]
pub async fn list_slots(query: SlotQuery) -> Result<Page<SlotRowView>, AppError> {
    let call = require_session()?;
    let page = answer(call.rollcall.list_slots(query).await)?;
    Ok(page.map(SlotRowView::from))
}

/// How many rows need attention, by cause. Causes without rows are left out.
#[server(prefix = "/fn", endpoint = "slots/attention", input = Postcard, output = Postcard)]
pub async fn attention() -> Result<Vec<AttentionView>, AppError> {
    let call = require_session()?;
    let counts = answer(call.rollcall.attention_counts().await)?;
    Ok(counts.into_iter().filter(|(_, number)| *number > 0).map(AttentionView::from).collect())
}

/// Everything about one row.
#[server(prefix = "/fn", endpoint = "slots/get", input = Postcard, output = Postcard)]
pub async fn slot(id: SlotId) -> Result<SlotPage, AppError> {
    let call = require_session()?;
    answer(call.rollcall.slot(id).await).map(SlotPage::from)
}
