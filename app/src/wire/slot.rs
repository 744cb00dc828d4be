//! A row of the Mobile devices view, and the causes above the list.

use super::Moment;
use crate::wire::ListRow;
use domain::{
    device::{EnrollmentStep, Ownership, Platform},
    list::bulk::BulkAction,
    slot::{SlotStatus, attention::NextStep},
    types::ids::{DeviceId, InvitationId, PersonId, SlotId},
};
use serde::{Deserialize, Serialize};

/// How far the mail of an invitation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailProgress {
    /// None waits to be sent.
    Idle,
    /// On its way to the mail server.
    OnItsWay,
    /// The mail server did not take it yet; it is tried again.
    Delayed,
}

/// A row of the Mobile devices view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotRowView {
    /// Identity.
    pub id: SlotId,
    /// The person.
    pub person_id: PersonId,
    /// Name of the person.
    pub person_name: String,
    /// Email of the person.
    pub email: String,
    /// The invitation in it, or the one that its device enrolled with.
    pub invitation_id: InvitationId,
    /// Whether that invitation still enrolls devices.
    pub invitation_active: bool,
    /// How far its mail is.
    pub mail: MailProgress,
    /// Its status.
    pub status: SlotStatus,
    /// Since when it has this status.
    pub since: Moment,
    /// The device, if there is one.
    pub device: Option<DeviceView>,
    /// Why it is stuck.
    pub hint: Option<Hint>,
    /// Whether its credentials may be shown.
    pub shows_credentials: bool,
    /// Whether the stored row cannot be read.
    pub is_damaged: bool,
}

impl SlotRowView {
    /// Whether the row shows “Pending…” in the place of the device's name: before a device was enrolled, that says more.
    pub fn hides_name(&self) -> bool {
        self.status == SlotStatus::Pending && self.device.as_ref().is_some_and(|device| !device.was_enrolled)
    }

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
pub struct DeviceView {
    /// Identity.
    pub id: DeviceId,
    /// Maker and model; `None` when the device did not report them.
    pub name: Option<String>,
    /// Its platform.
    pub platform: Platform,
    /// Version of the operating system.
    pub os_version: String,
    /// Its ownership.
    pub ownership: Ownership,
    /// The step its enrollment is at.
    pub step: EnrollmentStep,
    /// What keeps it from being active, as text; empty when nothing does.
    pub missing: String,
    /// The error that the agent reported.
    pub error: Option<String>,
    /// Last contact of any kind.
    pub last_contact_at: Moment,
    /// When a renewal was mailed to which the device has not responded.
    pub renewed_at: Option<Moment>,
    /// Lost mode.
    pub mark: Option<TimedText>,
    /// Whether it was active in an earlier enrollment, so that its name is known.
    pub was_enrolled: bool,
    /// Whether a wipe waits for it.
    pub wipe_waits: bool,
    /// The row of another device that is the same hardware, as it seems.
    pub twin: Option<SlotId>,
}

/// A text with a moment in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimedText {
    /// The text, with [`crate::text::FIRST_VIEW`] in the place of the moment.
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
pub struct AttentionView {
    /// The cause's word, such as `mail_failed`.
    pub cause: String,
    /// The label of the cause.
    pub label: String,
    /// One plain sentence.
    pub sentence: String,
    /// How many rows.
    pub number: u64,
    /// The action that helps all of them.
    pub verb: Option<BulkAction>,
}

impl ListRow for SlotRowView {
    fn key(&self) -> u128 {
        self.id.0.as_u128()
    }
}
