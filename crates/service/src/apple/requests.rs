//! Puts a command of Rollcall into a request of Apple's protocol.

use crate::{Rollcall, ServiceError, ServiceResult};
use apple::{
    command::{self, LostNotice, Request},
    report::QUERIES,
};
use domain::{decide::apple::PhoneRequest, device::command::CommandKind};
use uuid::Uuid;

const COMMAND: &str = "apple command";

impl Rollcall {
    /// The identifier of a request: the same for the same part of the same command, and nobody can name it who was not asked.
    pub(super) fn apple_command_uuid(&self, request: &PhoneRequest) -> Uuid {
        let name = [request.command.id.0.as_bytes().as_slice(), &[request.part]].concat();
        let hash = self.keys.hash_bytes(COMMAND, &name);
        let mut short = [0; 16];
        short.copy_from_slice(&hash.0[..16]);
        command::command_uuid(short)
    }

    /// The body of the answer that asks a phone to do something.
    pub(super) async fn apple_request(&self, request: &PhoneRequest) -> ServiceResult<Vec<u8>> {
        let uuid = self.apple_command_uuid(request);
        let request = match (&request.command.kind, request.part) {
            (CommandKind::Renew {}, _) => {
                Request::InstallProfile { payload: self.renewal_of(request.command.device_id).await? }
            }
            (CommandKind::Unenroll {}, _) => Request::RemoveProfile { identifier: self.apple_profile_identifier() },
            (kind, part) => {
                request_of(kind, part).ok_or_else(|| ServiceError::internal(&"a command that no phone can be asked"))?
            }
        };
        command::Command { uuid, request }.write().map_err(|error| ServiceError::internal(&error))
    }
}

/// The request that `part` of a command is; `None` for a command that Apple's protocol does not have.
fn request_of(kind: &CommandKind, part: u8) -> Option<Request> {
    Some(match (kind, part) {
        (CommandKind::Lock {}, _) => Request::DeviceLock { message: None, phone_number: None },
        // An eSIM stays: without it a phone that is found again could not go online.
        (CommandKind::Wipe { .. }, _) => Request::EraseDevice { preserve_data_plan: true },
        (CommandKind::Ring { .. }, _) => Request::PlayLostModeSound,
        (CommandKind::LostMode(text), 0) => {
            let message = Some(text.message.clone()).filter(|message| !message.is_empty());
            Request::EnableLostMode(LostNotice::new(message, text.phone.clone(), None)?)
        }
        (CommandKind::Locate { .. } | CommandKind::LostMode(_), _) => Request::DeviceLocation,
        (CommandKind::EndLostMode {}, _) => Request::DisableLostMode,
        (CommandKind::Inventory {}, 0) => {
            Request::DeviceInformation { queries: QUERIES.iter().map(|&query| query.to_owned()).collect() }
        }
        (CommandKind::Inventory {}, _) => Request::SecurityInfo,
        (CommandKind::Message { .. } | CommandKind::Renew {} | CommandKind::Unenroll {}, _) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::device::lost::LostText;

    #[test]
    fn a_command_is_one_request_or_two() {
        let lost = LostText { message: "Mine".to_owned(), phone: Some("+420 1".to_owned()) };
        let name = |kind: &CommandKind, part| request_of(kind, part).map(|request| request.kind().to_owned());
        let named = |kind: CommandKind| [name(&kind, 0), name(&kind, 1)].map(Option::unwrap_or_default);
        assert_eq!(named(CommandKind::Inventory {}), ["DeviceInformation", "SecurityInfo"]);
        assert_eq!(named(CommandKind::LostMode(lost)), ["EnableLostMode", "DeviceLocation"]);
        assert_eq!(name(&CommandKind::EndLostMode {}, 0).as_deref(), Some("DisableLostMode"));
        assert_eq!(name(&CommandKind::Lock {}, 0).as_deref(), Some("DeviceLock"));
        assert_eq!(name(&CommandKind::Ring { seconds: 1 }, 0).as_deref(), Some("PlayLostModeSound"));
        let locate = CommandKind::Locate { high_accuracy: true, timeout_s: 1 };
        assert_eq!(name(&locate, 0).as_deref(), Some("DeviceLocation"));
        let erase = request_of(&CommandKind::Wipe { external: true }, 0);
        assert_eq!(erase, Some(Request::EraseDevice { preserve_data_plan: true }));
        assert_eq!(name(&CommandKind::Message { text: "x".to_owned() }, 0), None);
    }
}
