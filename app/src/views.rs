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
    /// Lost mode.
    pub mark: Option<MarkLine>,
}

/// Something about a device that must not be overlooked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkLine {
    /// The words, with [`crate::around::FIRST`] in the place of the moment.
    pub text: String,
    /// The moment.
    pub at: Moment,
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
    /// What is under way and must not be overlooked.
    pub notices: Vec<NoticeLine>,
    /// What is known at a glance.
    pub glance: Vec<FactLine>,
    /// What can be asked of the device.
    pub operations: Vec<OperationLine>,
    /// What the device said that it can do.
    pub abilities: Option<Abilities>,
    /// The latest technical information.
    pub inventory: Option<FactGroups>,
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
    /// The groups.
    pub groups: Vec<FactGroup>,
}

/// A group of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactGroup {
    /// Its name.
    pub name: String,
    /// Since when all of it has been as it is.
    pub since: Moment,
    /// Names and values.
    pub facts: Vec<(String, String)>,
}

/// A fact at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactLine {
    /// Its word, such as `battery`.
    pub word: String,
    /// Its name.
    pub name: String,
    /// Its value; empty when the moment says it all.
    pub value: String,
    /// What else is to be known.
    pub note: Option<String>,
    /// Whether it needs a look.
    pub warns: bool,
    /// A part of a whole, in percent.
    pub share: Option<u8>,
    /// Where more is shown.
    pub link: Option<String>,
    /// When it was told.
    pub at: Option<Moment>,
    /// Whether that is since when it holds.
    pub is_since: bool,
    /// Whether that is when the device found it out.
    pub is_taken: bool,
}

/// What is under way and must not be overlooked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// Its word: `lost` or `wipe`.
    pub word: String,
    /// `info`, `warn` or `danger`.
    pub tone: String,
    /// The words, with [`crate::around::FIRST`] in the place of the moment, and `SECOND` in that of the last contact.
    pub text: String,
    /// The moment.
    pub at: Moment,
    /// What the screen of the device shows.
    pub detail: Option<String>,
    /// The command that can be taken back.
    pub cancel: Option<CommandId>,
}

/// Something that can be asked of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operation {
    /// Send fresh technical information.
    Refresh,
    /// Report the position.
    Locate,
    /// Ring loudly.
    Ring,
    /// Show a message.
    Message,
    /// Lock the screen.
    Lock,
    /// Go into lost mode.
    LostMode,
    /// End lost mode.
    EndLostMode,
    /// Erase everything.
    Wipe,
}

/// An operation as it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperationLine {
    /// Which.
    pub operation: Operation,
    /// Its name.
    pub name: String,
    /// Why it is switched off.
    pub reason: Option<String>,
}

/// What a device said that it can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abilities {
    /// When.
    pub at: Moment,
    /// Command by command.
    pub lines: Vec<AbilityLine>,
    /// What its platform can never grant, as a sentence.
    pub never: Option<String>,
}

/// Whether a device can carry out a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbilityLine {
    /// Name of the command.
    pub name: String,
    /// Whether it can.
    pub is_there: bool,
    /// Why not, or what it lacks.
    pub note: Option<String>,
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
    /// That it was done after all, when it had been taken back or had expired.
    pub late: Option<MarkLine>,
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
