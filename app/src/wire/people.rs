//! Invitations, people, and the results of inviting or importing them.

use super::{
    Moment,
    slot::{MailProgress, TimedText},
};
use crate::wire::ListRow;
use domain::types::ids::{InvitationId, InviteJobId, PersonId};
use serde::{Deserialize, Serialize};

/// What an admin typed about a person. It is not validated.
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

/// How many devices an invitation enrolls in an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaceView {
    /// A limited number.
    Limited,
    /// A limited number, and it turned some away.
    TurnedAway,
    /// Any number: an admin lifted the limit.
    Lifted,
}

/// A row of the Invitations view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// Identity.
    pub id: InvitationId,
    /// Name of the person.
    pub person_name: String,
    /// Email of the person.
    pub email: String,
    /// The word of the state, such as `sent`.
    pub state: String,
    /// The label of the state.
    pub state_label: String,
    /// Why it is no longer active, and since when.
    pub ended: Option<TimedText>,
    /// What went wrong with the mail, and the mail server's message.
    pub trouble: Option<(String, String)>,
    /// How many devices it enrolls in an hour.
    pub pace: PaceView,
    /// How far its mail is.
    pub mail: MailProgress,
    /// When it was created.
    pub created_at: Moment,
    /// When a mail server first accepted a mail of it.
    pub sent_at: Option<Moment>,
    /// When a person opened it.
    pub opened_at: Option<Moment>,
    /// When it ends.
    pub expires_at: Option<Moment>,
    /// Devices that enrolled with it and were not deleted.
    pub devices: u64,
    /// Whether the stored invitation cannot be read.
    pub is_damaged: bool,
}

impl InvitationView {
    /// Whether it enrolls devices.
    pub fn is_active(&self) -> bool {
        self.state != "deactivated"
    }
}

/// A row of the People view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// Identity.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Email.
    pub email: String,
    /// Language tag.
    pub locale: String,
    /// When the person was added.
    pub created_at: Moment,
    /// The active invitation.
    pub invitation: Option<InvitationId>,
    /// The label of the active invitation's state.
    pub invitation_label: Option<String>,
    /// Devices that were not deleted.
    pub devices: u64,
}

/// How to invite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteSettings {
    /// Whether to send the mail now. Otherwise the admin hands the credentials out.
    pub send: bool,
    /// When the invitation ends; `None`: never.
    pub expires_at: Option<Moment>,
}

#[cfg(feature = "ssr")]
impl From<InviteSettings> for service::Invite {
    fn from(settings: InviteSettings) -> Self {
        Self { send: settings.send, expires_at: settings.expires_at.map(Into::into) }
    }
}

/// What is asked of the job that invites people. One server function for both: the browser loads the code of a call once
/// for each server function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InviteRequest {
    /// How far this job is; `None`: the account's job that is running.
    Look(Option<InviteJobId>),
    /// Invite these people; the same id again is the same job.
    Start(InviteJobId, Vec<PersonDraft>, InviteSettings),
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteView {
    /// The id for the next job.
    pub next: InviteJobId,
    /// The job, if there is one.
    pub job: Option<InviteJobView>,
}

/// A job that invites people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteJobView {
    /// Identity.
    pub id: InviteJobId,
    /// Lines that were decided.
    pub done: u64,
    /// Lines.
    pub total: u64,
    /// Whether mails are sent.
    pub sent: bool,
    /// The results, once all lines were decided.
    pub results: Option<Vec<InviteOutcome>>,
}

/// The result of inviting one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteOutcome {
    /// Name as it was typed.
    pub name: String,
    /// Email as it was typed.
    pub email: String,
    /// The new invitation.
    pub invitation_id: Option<InvitationId>,
    /// Why there is none.
    pub error: Option<String>,
}

impl ListRow for InvitationView {
    fn key(&self) -> u128 {
        self.id.0.as_u128()
    }
}

impl ListRow for PersonView {
    fn key(&self) -> u128 {
        self.id.0.as_u128()
    }
}
