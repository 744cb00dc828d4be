//! What pages show, ready to be drawn: flat, and in words wherever the words do not depend on the reader. Whatever can be
//! said in the server is not code that every browser loads.

use crate::components::{icon::Icon, table::Line};
use domain::{
    attention::NextStep,
    bulk::BulkAction,
    command::CommandState,
    device::{EnrollmentStep, Ownership, Platform},
    ids::{CommandId, DeviceId, InvitationId, PersonId, SessionId, SlotId},
    slot::SlotStatus,
};
use serde::{Deserialize, Serialize};

/// A moment: milliseconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

/// A row of the Mobile devices view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotLine {
    /// Identity.
    pub id: SlotId,
    /// Whose row it is.
    pub person_id: PersonId,
    /// Name of the person.
    pub person_name: String,
    /// Email of the person.
    pub email: String,
    /// The invitation that stands in it, or that its device enrolled with.
    pub invitation_id: InvitationId,
    /// Whether that invitation still enrolls devices.
    pub invitation_active: bool,
    /// Whether a mail is on its way.
    pub mail_waits: bool,
    /// State.
    pub status: SlotStatus,
    /// Since when.
    pub since: Moment,
    /// The device, when it is a device item.
    pub device: Option<DeviceLine>,
    /// Why it is stuck.
    pub hint: Option<Hint>,
    /// Whether its credentials may be shown.
    pub shows_credentials: bool,
}

impl SlotLine {
    /// The same row, as if the device had never been in contact.
    pub fn without_contact(mut self) -> Self {
        if let Some(device) = &mut self.device {
            device.last_contact_at = Moment::default();
        }
        self
    }
}

/// The device of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceLine {
    /// Identity.
    pub id: DeviceId,
    /// Maker and model; `None` when it did not tell.
    pub name: Option<String>,
    /// What it runs.
    pub platform: Platform,
    /// Version of the operating system.
    pub os_version: String,
    /// Whose it is.
    pub ownership: Ownership,
    /// The step its enrollment is at.
    pub step: EnrollmentStep,
    /// What keeps it from being active, in words; empty when nothing does.
    pub missing: String,
    /// What the agent said went wrong.
    pub error: Option<String>,
    /// Last contact of any kind.
    pub last_contact_at: Moment,
    /// When a renewal was mailed that the device has not answered.
    pub renewed_at: Option<Moment>,
}

/// Why a row is stuck, and what helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// One plain sentence.
    pub sentence: String,
    /// What to do.
    pub next: NextStep,
}

/// Rows that need attention for one cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttentionLine {
    /// The cause's word, such as `mail_failed`.
    pub cause: String,
    /// The cause as it is shown.
    pub label: String,
    /// One plain sentence.
    pub sentence: String,
    /// How many rows.
    pub number: u64,
    /// What helps all of them.
    pub verb: Option<BulkAction>,
}

/// Everything about one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotPage {
    /// The row.
    pub line: SlotLine,
    /// The latest heartbeat.
    pub report: Option<FactGroups>,
    /// The latest technical information.
    pub inventory: Option<FactGroups>,
    /// The latest position.
    pub position: Option<PositionLine>,
    /// The latest commands, newest first.
    pub commands: Vec<CommandLine>,
    /// What happened, newest first.
    pub timeline: Vec<EventLine>,
}

/// Facts that a device reported, in groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactGroups {
    /// When.
    pub at: Moment,
    /// Name of the group, and (name, value) pairs.
    pub groups: Vec<(String, Vec<(String, String)>)>,
}

/// Where a device is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionLine {
    /// When.
    pub at: Moment,
    /// Coordinates and accuracy.
    pub text: String,
    /// A map.
    pub map: String,
}

/// A command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandLine {
    /// Identity.
    pub id: CommandId,
    /// Its word, such as `lock`.
    pub word: String,
    /// Its name.
    pub name: String,
    /// The message that is shown, when it is one.
    pub text: Option<String>,
    /// Where it stands.
    pub state: CommandState,
    /// Who asked.
    pub by: Option<String>,
    /// When.
    pub requested_at: Moment,
    /// When it is no longer offered.
    pub expires_at: Moment,
    /// When it came to its end.
    pub finished_at: Option<Moment>,
    /// Why the device could not.
    pub error: Option<String>,
}

/// An entry of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    /// Place in the journal.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// What happened.
    pub text: String,
    /// In the words of whoever met the trouble.
    pub detail: Option<String>,
    /// Who did it, when it was not Rollcall itself.
    pub by: Option<String>,
    /// The sign beside it.
    pub icon: Icon,
    /// `ok`, `warn`, `danger`, `info` or `quiet`.
    pub tone: String,
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

/// A signed-in browser of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    /// Identity.
    pub id: SessionId,
    /// What the browser is, such as `Firefox on Linux`.
    pub browser: String,
    /// When it signed in.
    pub created_at: Moment,
    /// When it was last seen.
    pub last_seen_at: Moment,
    /// True for the session that asks.
    pub is_current: bool,
}

/// The signed-in account and its settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Email, also the name that the journal shows.
    pub email: String,
    /// The tag of the language that was chosen; empty: the browser's.
    pub language: String,
    /// Version of the running server.
    pub server_version: String,
    /// The folder that mails are written to, when no mail server is configured.
    pub mail_folder: Option<String>,
    /// Where it is signed in.
    pub sessions: Vec<SessionLine>,
    /// Of which causes people are reminded.
    pub reminders: Vec<ReminderLine>,
}

/// Whether people are reminded of a cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderLine {
    /// Its word.
    pub cause: String,
    /// Its words.
    pub label: String,
    /// Whether there are reminders.
    pub is_on: bool,
    /// Days to wait.
    pub days: u16,
    /// How many at most.
    pub times: u8,
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

impl Line for SlotLine {
    fn key(&self) -> u128 {
        self.id.0.as_u128()
    }
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
