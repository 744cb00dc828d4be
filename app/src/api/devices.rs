//! Rows of the Mobile devices view, devices, and what is asked of them.

use crate::{
    error::AppError,
    views::{SlotLine, SlotPage},
};
#[cfg(feature = "ssr")]
use crate::server_context::{answer, require_session};
use domain::{
    command::CommandKind,
    ids::{CommandId, DeviceId, SlotId},
    list::{Page, SlotQuery},
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// A page of the Mobile devices view.
#[server(prefix = "/fn", endpoint = "slots/list", input = Json)]
pub async fn list_slots(query: SlotQuery) -> Result<Page<SlotLine>, AppError> {
    let call = require_session()?;
    let page = answer(call.rollcall.list_slots(query).await)?;
    Ok(page.map(SlotLine::from))
}

/// Everything about one row.
#[server(prefix = "/fn", endpoint = "slots/get", input = Json)]
pub async fn slot(id: SlotId) -> Result<SlotPage, AppError> {
    let call = require_session()?;
    answer(call.rollcall.slot(id).await).map(SlotPage::from)
}

/// Deletes a device.
#[server(prefix = "/fn", endpoint = "devices/delete", input = Json)]
pub async fn delete_device(id: DeviceId) -> Result<(), AppError> {
    let call = require_session()?;
    answer(call.rollcall.delete_device(call.actor(), id).await)
}

/// Mails the person to bring a device back.
#[server(prefix = "/fn", endpoint = "devices/renew", input = Json)]
pub async fn renew_device(id: DeviceId) -> Result<(), AppError> {
    let call = require_session()?;
    answer(call.rollcall.renew_device(call.actor(), id).await)
}

/// Asks a device for something.
#[server(prefix = "/fn", endpoint = "devices/command", input = Json)]
pub async fn request_command(id: DeviceId, kind: CommandKind) -> Result<CommandId, AppError> {
    let call = require_session()?;
    answer(call.rollcall.request_command(call.actor(), id, kind).await)
}

/// Takes a command back.
#[server(prefix = "/fn", endpoint = "devices/cancel-command", input = Json)]
pub async fn cancel_command(id: CommandId) -> Result<(), AppError> {
    let call = require_session()?;
    answer(call.rollcall.cancel_command(call.actor(), id).await)
}
