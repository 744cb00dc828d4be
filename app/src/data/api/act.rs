//! What an admin does with one click to an invitation, a device, a command or a session. One server function for all of
//! them: the browser loads the code of a call once for each server function.

#[cfg(feature = "ssr")]
use crate::server::context::{Call, answer, require_session};
use crate::wire::{AdminAction, error::AppError};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

/// Runs an action.
#[server(prefix = "/fn", endpoint = "act", input = Postcard, output = Postcard)]
pub async fn act(action: AdminAction) -> Result<(), AppError> {
    let call = require_session()?;
    answer(carry_out(&call, action).await)
}

#[cfg(feature = "ssr")]
async fn carry_out(call: &Call, action: AdminAction) -> service::ServiceResult<()> {
    let (rollcall, actor) = (&call.rollcall, call.actor());
    match action {
        AdminAction::Send(id) => rollcall.resend(actor, id).await,
        AdminAction::Deactivate(id) => rollcall.deactivate(actor, id).await,
        AdminAction::LiftPace(id) => rollcall.lift_pace(actor, id).await,
        AdminAction::Renew(id) => rollcall.renew_device(actor, id).await,
        AdminAction::Delete(id, cancels_wipe) => rollcall.delete_device(actor, id, cancels_wipe).await,
        AdminAction::Command(id, kind) => rollcall.request_command(actor, id, kind.into()).await.map(drop),
        AdminAction::Cancel(id) => rollcall.cancel_command(actor, id).await,
        AdminAction::Revoke(id) => rollcall.revoke_session(&call.who, id, &call.origin()).await,
        AdminAction::RetryMails => {
            rollcall.retry_mails(&actor);
            Ok(())
        }
    }
}
