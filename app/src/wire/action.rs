//! What an admin does with one click, and what a device is asked for.

#[cfg(feature = "ssr")]
use domain::device::{command::CommandKind, lost::LostText};
use domain::types::ids::{CommandId, DeviceId, InvitationId, SessionId};
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
pub enum AdminAction {
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
        let commands = orders.map(|order| AdminAction::Command(device, order));
        let invitation = InvitationId(Uuid::max());
        let others = [
            AdminAction::Send(invitation),
            AdminAction::Deactivate(invitation),
            AdminAction::Renew(device),
            AdminAction::Delete(device),
        ];
        for action in commands.into_iter().chain(others) {
            let bytes = postcard::to_allocvec(&action).unwrap();
            assert_eq!(postcard::from_bytes::<AdminAction>(&bytes).unwrap(), action);
        }
    }
}
