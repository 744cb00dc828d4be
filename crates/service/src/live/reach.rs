//! Where a change shows. A console fetches again only what a change may have changed, so this keeps a busy server from
//! being asked for every open list whenever any device says anything.

use domain::journal::EventKind;
use serde::{Deserialize, Serialize};

/// Where a change shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// In lists and counts, and on the page of the row.
    Lists,
    /// Only on the page of the row: its timeline, its commands, what the device reported.
    Page,
}

/// Commands that a row shows from their request on. Of a wipe that waits, deleting the device warns.
const SHOWN_IN_ROWS: [&str; 3] = ["lost_mode", "end_lost_mode", "wipe"];

impl Reach {
    /// That of a journal entry. An entry that is not known to be invisible in lists is taken to show in them.
    pub fn of(kind: &EventKind) -> Self {
        use EventKind as E;
        match kind {
            E::CredentialsShown | E::InvitationFetched { .. } | E::SecretRotated => Self::Page,
            E::CommandRequested { command, .. }
            | E::CommandDelivered { command, .. }
            | E::CommandAcknowledged { command, .. }
            | E::CommandCompleted { command, .. }
            | E::CommandFailed { command, .. }
            | E::CommandExpired { command, .. }
            | E::CommandCancelled { command, .. }
            | E::CommandDoneLate { command, .. }
                if !SHOWN_IN_ROWS.contains(&command.as_str()) =>
            {
                Self::Page
            }
            _ => Self::Lists,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::types::ids::CommandId;

    fn requested(command: &str) -> EventKind {
        EventKind::CommandRequested { command_id: CommandId(uuid::Uuid::nil()), command: command.to_owned() }
    }

    #[test]
    fn lists_hear_only_of_what_they_show() {
        assert_eq!(Reach::of(&EventKind::CredentialsShown), Reach::Page);
        assert_eq!(Reach::of(&requested("locate")), Reach::Page);
        for shown in ["lost_mode", "wipe"] {
            assert_eq!(Reach::of(&requested(shown)), Reach::Lists, "{shown}");
        }
        assert_eq!(Reach::of(&EventKind::DeviceActivated), Reach::Lists);
    }
}
