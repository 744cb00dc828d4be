//! What an admin does with one click to an invitation, a device, a command or a session. One server function for all:
//! the browser loads the code of a call for each function anew.

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::{Call, answer, require_session};
#[cfg(feature = "ssr")]
use domain::device::{command::CommandKind, lost::LostText};
use domain::types::ids::{CommandId, DeviceId, InvitationId, SessionId};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

/// How long a device rings, in seconds.
#[cfg(feature = "ssr")]
const RING_S: u32 = 30;
/// How long a device looks for its position, in seconds.
#[cfg(feature = "ssr")]
const LOCATE_S: u32 = 60;

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
    Command(DeviceId, Order),
    /// Take a command back.
    Cancel(CommandId),
    /// Sign a browser out.
    Revoke(SessionId),
}

/// What a device is asked for. `domain::device::command::CommandKind` is written for agents, in a form that only JSON has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// Send fresh technical information.
    Refresh,
    /// Report the position.
    Locate,
    /// Ring loudly.
    Ring,
    /// Show this message.
    Message(String),
    /// Lock the screen.
    Lock,
    /// Go into lost mode.
    LostMode {
        /// What the screen shows.
        message: String,
        /// The number to call; may be empty.
        phone: String,
    },
    /// End lost mode.
    EndLostMode,
    /// Erase everything.
    Wipe,
}

#[cfg(feature = "ssr")]
impl From<Order> for CommandKind {
    fn from(order: Order) -> Self {
        match order {
            Order::Refresh => Self::Inventory {},
            Order::Locate => Self::Locate { high_accuracy: true, timeout_s: LOCATE_S },
            Order::Ring => Self::Ring { seconds: RING_S },
            Order::Message(text) => Self::Message { text },
            Order::Lock => Self::Lock {},
            Order::LostMode { message, phone } => Self::LostMode(LostText { message, phone: Some(phone) }),
            Order::EndLostMode => Self::EndLostMode {},
            Order::Wipe => Self::Wipe { external: false },
        }
    }
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
        Action::Command(id, kind) => rollcall.request_command(actor, id, kind.into()).await.map(drop),
        Action::Cancel(id) => rollcall.cancel_command(actor, id).await,
        Action::Revoke(id) => rollcall.revoke_session(&call.who, id).await,
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn every_action_survives_the_way_to_the_server() {
        let device = DeviceId(Uuid::from_u128(1));
        let lost = Order::LostMode { message: "Hi".to_owned(), phone: String::new() };
        let orders = [
            Order::Refresh,
            Order::Locate,
            Order::Ring,
            Order::Message("Hi".to_owned()),
            Order::Lock,
            lost,
            Order::EndLostMode,
            Order::Wipe,
        ];
        let commands = orders.map(|order| Action::Command(device, order));
        let invitation = InvitationId(Uuid::max());
        let others =
            [Action::Send(invitation), Action::Deactivate(invitation), Action::Renew(device), Action::Delete(device)];
        for action in commands.into_iter().chain(others) {
            let bytes = postcard::to_allocvec(&action).unwrap();
            assert_eq!(postcard::from_bytes::<Action>(&bytes).unwrap(), action);
        }
    }
}
