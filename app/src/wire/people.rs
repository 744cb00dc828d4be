//! Invitations, people, and what came of inviting or importing them.

use super::Moment;
use crate::wire::Line;
use domain::types::ids::{InvitationId, PersonId};
use serde::{Deserialize, Serialize};

/// The page of the import of people: HTML that the server made, and what changes while an import runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// Where it stands, in words.
    pub said: String,
    /// What can be done, as HTML.
    pub form: String,
    /// The lines of a preview, as HTML.
    pub list: String,
    /// While it runs: lines that are done, lines in all, and both in words.
    pub progress: Option<(u64, u64, String)>,
}

/// What an admin typed about a person, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDraft {
    /// Name.
    pub name: String,
    /// Email.
    pub email: String,
    /// Language tag; `None`: the default language.
    pub locale: Option<String>,
}

#[cfg(feature = "ssr")]
impl From<PersonDraft> for service::NewPerson {
    fn from(draft: PersonDraft) -> Self {
        Self { name: draft.name, email: draft.email, locale: draft.locale }
    }
}

/// A row of the Invitations view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationLine {
    /// Identity.
    pub id: InvitationId,
    /// Name of the person.
    pub person_name: String,
    /// Email of the person.
    pub email: String,
    /// The word of the state, such as `sent`.
    pub state: String,
    /// The state as it is shown.
    pub state_label: String,
    /// Trouble with the mail, and the mail server's words.
    pub trouble: Option<(String, String)>,
    /// Whether a mail is on its way.
    pub mail_waits: bool,
    /// When it was made.
    pub created_at: Moment,
    /// When a mail server first took a mail of it.
    pub sent_at: Option<Moment>,
    /// When a person opened it.
    pub opened_at: Option<Moment>,
    /// When it stops by itself.
    pub expires_at: Option<Moment>,
    /// Devices that enrolled with it and were not deleted.
    pub devices: u64,
}

impl InvitationLine {
    /// Whether it enrolls devices.
    pub fn is_active(&self) -> bool {
        self.state != "deactivated"
    }
}

/// A row of the People view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// Identity.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Email.
    pub email: String,
    /// Language tag.
    pub locale: String,
    /// When added.
    pub created_at: Moment,
    /// The active invitation.
    pub invitation: Option<InvitationId>,
    /// The active invitation's state, in words.
    pub invitation_label: Option<String>,
    /// Devices that were not deleted.
    pub devices: u64,
}

/// How to invite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteHow {
    /// Send the mail now; otherwise the admin hands the credentials out.
    pub send: bool,
    /// When the invitation stops by itself; `None`: never.
    pub expires_at: Option<Moment>,
}

#[cfg(feature = "ssr")]
impl From<InviteHow> for service::Invite {
    fn from(how: InviteHow) -> Self {
        Self { send: how.send, expires_at: how.expires_at.map(Into::into) }
    }
}

/// What came of inviting one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteLine {
    /// Email as it was typed.
    pub email: String,
    /// The new invitation.
    pub invitation_id: Option<InvitationId>,
    /// Why there is none.
    pub error: Option<String>,
}

impl Line for InvitationLine {
    fn key(&self) -> u128 {
        self.id.0.as_u128()
    }
}

impl Line for PersonLine {
    fn key(&self) -> u128 {
        self.id.0.as_u128()
    }
}
