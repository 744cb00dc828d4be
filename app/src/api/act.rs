//! What an admin does with one click to an invitation, a device, a command or a session. One server function for all:
//! the browser loads the code of a call for each function anew.

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::{Call, answer, require_session};
use domain::{
    command::CommandKind,
    ids::{CommandId, DeviceId, InvitationId, SessionId},
};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Send the mail of an invitation, for the first time or again.
    Send(InvitationId),
    /// Make an invitation enroll nothing any more.
    Deactivate(InvitationId),
    /// Mail the person to bring a device back.
    Renew(DeviceId),
    /// Delete a device.
    Delete(DeviceId),
    /// Ask a device for something.
    Command(DeviceId, CommandKind),
    /// Take a command back.
    Cancel(CommandId),
    /// Sign a browser out.
    Revoke(SessionId),
}

/// Does it.
#[server(prefix = "/fn", endpoint = "act", input = Postcard, output = Postcard)]
pub async fn act(action: Action) -> Result<(), AppError> {
    let call = require_session()?;
    answer(carry_out(&call, action).await)
}

#[cfg(feature = "ssr")]
async fn carry_out(call: &Call, action: Action) -> service::ServiceResult<()> {
    let (rollcall, actor) = (&call.rollcall, call.actor());
    match action {
        Action::Send(id) => rollcall.resend(actor, id).await,
        Action::Deactivate(id) => rollcall.deactivate(actor, id).await,
        Action::Renew(id) => rollcall.renew_device(actor, id).await,
        Action::Delete(id) => rollcall.delete_device(actor, id).await,
        Action::Command(id, kind) => rollcall.request_command(actor, id, kind).await.map(drop),
        Action::Cancel(id) => rollcall.cancel_command(actor, id).await,
        Action::Revoke(id) => rollcall.revoke_session(&call.who, id).await,
    }
}
