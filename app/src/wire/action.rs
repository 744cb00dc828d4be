//! Actions of an admin that take one click, and what can be requested of a device.

#[cfg(feature = "ssr")]
use domain::device::{command::CommandKind, lost::LostText};
use domain::types::ids::{CommandId, DeviceId, InvitationId, SessionId};
use serde::{Deserialize, Serialize};

/// How long a device rings, in seconds.
#[cfg(feature = "ssr")]
const RING_S: u32 = 30;

/// An action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdminAction {
    /// Send the mail of an invitation, for the first time or again.
    Send(InvitationId),
    /// Deactivate an invitation: it enrolls nothing any more.
    Deactivate(InvitationId),
    /// Let an invitation enroll any number of devices at once.
    LiftPace(InvitationId),
    /// Mail the person, asking them to reconnect a device.
    Renew(DeviceId),
    /// Delete a device, also when that cancels a wipe.
    Delete(DeviceId, bool),
    /// Request something of a device.
    Command(DeviceId, CommandRequest),
    /// Cancel a command.
    Cancel(CommandId),
    /// Sign a browser out.
    Revoke(SessionId),
    /// Send all waiting mails now.
    RetryMails,
}

/// What is requested of a device. `domain::device::command::CommandKind` cannot be used here: it is written for agents,
/// in a form that only JSON can express.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CommandRequest {
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
    /// Leave, with all that manages the device.
    Unenroll,
}

#[cfg(feature = "ssr")]
impl From<CommandRequest> for CommandKind {
    fn from(request: CommandRequest) -> Self {
        match request {
            CommandRequest::Refresh => Self::Inventory {},
            CommandRequest::Locate => Self::locate(),
            CommandRequest::Ring => Self::Ring { seconds: RING_S },
            CommandRequest::Message(text) => Self::Message { text },
            CommandRequest::Lock => Self::Lock {},
            CommandRequest::LostMode { message, phone } => Self::LostMode(LostText { message, phone: Some(phone) }),
            CommandRequest::EndLostMode => Self::EndLostMode {},
            CommandRequest::Wipe => Self::Wipe { external: false },
            CommandRequest::Unenroll => Self::Unenroll {},
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
        let lost = CommandRequest::LostMode { message: "Hi".to_owned(), phone: String::new() };
        let requests = [
            CommandRequest::Refresh,
            CommandRequest::Locate,
            CommandRequest::Ring,
            CommandRequest::Message("Hi".to_owned()),
            CommandRequest::Lock,
            lost,
            CommandRequest::EndLostMode,
            CommandRequest::Wipe,
            CommandRequest::Unenroll,
        ];
        let commands = requests.map(|request| AdminAction::Command(device, request));
        let invitation = InvitationId(Uuid::max());
        let others = [
            AdminAction::Send(invitation),
            AdminAction::Deactivate(invitation),
            AdminAction::Renew(device),
            AdminAction::Delete(device, true),
            AdminAction::RetryMails,
        ];
        for action in commands.into_iter().chain(others) {
            let bytes = postcard::to_allocvec(&action).unwrap();
            assert_eq!(postcard::from_bytes::<AdminAction>(&bytes).unwrap(), action);
        }
    }
}
