//! A row of the Mobile devices view, and what stands above the list.

use super::Moment;
use crate::wire::Line;
use domain::{
    device::{EnrollmentStep, Ownership, Platform},
    list::bulk::BulkAction,
    slot::{SlotStatus, attention::NextStep},
    types::ids::{DeviceId, InvitationId, PersonId, SlotId},
};
use serde::{Deserialize, Serialize};

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
    /// The words, with [`crate::text::FIRST_VIEW`] in the place of the moment.
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

impl Line for SlotLine {
    fn key(&self) -> u128 {
        self.id.0.as_u128()
    }
}
