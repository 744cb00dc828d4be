//! Slots: the rows of the Mobile devices view. A person has one invitation item exactly while the active invitation has
//! no device, and one device item for each device.

use crate::{
    Timestamp,
    aggregate::PersonAggregate,
    device::{Device, DeviceState, EnrollmentStep, Ownership, Platform},
    ids::{DeviceId, InvitationId, PersonId, SlotId},
    invitation::{Delivery, Invitation, InvitationState},
    lost::LostState,
    person::Person,
    reminder::{Episode, Reminded},
    search::searchable,
    text_enum::text_enum,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// The one word for the state of a row, whether it is an invitation item or a device item.
    SlotStatus {
        /// Invitation without a mail.
        Created = "created", "Not sent";
        /// Invitation mail on its way out.
        Queued = "queued", "Sending…";
        /// Invitation mail taken by the mail server.
        Sent = "sent", "Sent";
        /// Invitation opened by a person.
        Opened = "opened", "Opened";
        /// See [`DeviceState::Pending`].
        Pending = "pending", "Pending…";
        /// See [`DeviceState::Enrolling`].
        Enrolling = "enrolling", "Enrolling";
        /// See [`DeviceState::Active`].
        Active = "active", "Active MDM";
        /// See [`DeviceState::PermissionsLost`].
        PermissionsLost = "permissions_lost", "Permissions lost";
        /// See [`DeviceState::NotSynchronizing`].
        NotSynchronizing = "not_synchronizing", "Not synchronizing";
        /// See [`DeviceState::Unenrolled`].
        Unenrolled = "unenrolled", "Unenrolled";
    }
}

impl SlotStatus {
    /// True when the row is a device item.
    pub const fn is_device(self) -> bool {
        !matches!(self, Self::Created | Self::Queued | Self::Sent | Self::Opened)
    }

    /// True when the row is an enrolled device: it was active at least once and was not unenrolled.
    pub const fn is_enrolled(self) -> bool {
        matches!(self, Self::Active | Self::PermissionsLost | Self::NotSynchronizing)
    }

    const fn of_invitation(state: InvitationState) -> Self {
        match state {
            InvitationState::Created => Self::Created,
            InvitationState::Queued => Self::Queued,
            InvitationState::Sent => Self::Sent,
            // A deactivated invitation has no item; its devices' rows carry their own state.
            InvitationState::Opened | InvitationState::Deactivated { .. } => Self::Opened,
        }
    }

    const fn of_device(state: DeviceState) -> Self {
        match state {
            DeviceState::Pending => Self::Pending,
            DeviceState::Enrolling => Self::Enrolling,
            DeviceState::Active => Self::Active,
            DeviceState::PermissionsLost => Self::PermissionsLost,
            DeviceState::NotSynchronizing => Self::NotSynchronizing,
            DeviceState::Unenrolled => Self::Unenrolled,
        }
    }
}

/// A row: which invitation or device stands in it. The identity stays while what stands in it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Identity.
    pub id: SlotId,
    /// Whose row it is.
    pub person_id: PersonId,
    /// The invitation that stands in it, or that its device enrolled with.
    pub invitation_id: InvitationId,
    /// The device, when it is a device item.
    pub device_id: Option<DeviceId>,
    /// When the row appeared.
    pub created_at: Timestamp,
    /// The reminders that went out for it.
    #[serde(default)]
    pub reminded: Option<Reminded>,
    /// Version this was read at; 0 for one that is not stored yet.
    pub version: u64,
}

/// A row as it is listed: everything that the Mobile devices view shows, sorts, filters and searches by, kept beside
/// the slot so that a page of the view is one range of one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotRow {
    /// The row's identity.
    pub id: SlotId,
    /// Whose row it is.
    pub person_id: PersonId,
    /// Name of the person.
    pub person_name: String,
    /// Email of the person.
    pub email: String,
    /// The invitation.
    pub invitation_id: InvitationId,
    /// Whether that invitation still enrolls devices.
    pub invitation_active: bool,
    /// What became of the latest mail of the invitation, while it is active.
    pub delivery: Delivery,
    /// State of the row.
    pub status: SlotStatus,
    /// Since when; for an invitation item, since its latest step.
    pub status_since: Timestamp,
    /// When the row appeared.
    pub created_at: Timestamp,
    /// What the device item shows; `None` for an invitation item.
    pub device: Option<SlotDevice>,
    /// The reminders that went out in this stretch of trouble.
    #[serde(default)]
    pub reminded: Option<Reminded>,
}

/// The device of a row, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotDevice {
    /// The device's identity.
    pub id: DeviceId,
    /// Maker and model; `None` when it did not tell.
    pub name: Option<String>,
    /// Serial number.
    pub serial: Option<String>,
    /// Version of the operating system.
    pub os_version: String,
    /// What it runs.
    pub platform: Platform,
    /// Whose it is.
    pub ownership: Ownership,
    /// The step its enrollment is at.
    pub step: EnrollmentStep,
    /// What keeps it from being active, in words.
    pub missing: Vec<String>,
    /// What the agent said went wrong, in its words.
    pub error: Option<String>,
    /// Last contact of any kind.
    pub last_contact_at: Timestamp,
    /// When a renewal was asked for that the device has not answered.
    pub renew_requested_at: Option<Timestamp>,
    /// Lost mode.
    #[serde(default)]
    pub lost: LostState,
}

impl SlotRow {
    /// How `slot` of `aggregate` is listed; `None` when what stands in it is not part of the aggregate.
    pub fn of(aggregate: &PersonAggregate, slot: &Slot) -> Option<Self> {
        let active = aggregate.invitation.as_ref().filter(|i| i.id == slot.invitation_id);
        let device = slot.device_id.and_then(|id| aggregate.device(id));
        if slot.device_id.is_some() != device.is_some() {
            return None;
        }
        let (status, status_since) = match (device, active) {
            (Some(device), _) => (SlotStatus::of_device(device.state), device.state_since),
            (None, Some(invitation)) => (SlotStatus::of_invitation(invitation.state), latest_step(invitation)),
            (None, None) => return None,
        };
        let row = Self::new(&aggregate.person, slot, active, device, status, status_since);
        let reminded = slot.reminded.filter(|reminded| reminded.episode == Episode::of(&row));
        Some(Self { reminded, ..row })
    }

    fn new(
        person: &Person,
        slot: &Slot,
        active: Option<&Invitation>,
        device: Option<&Device>,
        status: SlotStatus,
        status_since: Timestamp,
    ) -> Self {
        Self {
            id: slot.id,
            person_id: person.id,
            person_name: person.name.to_string(),
            email: person.email.to_string(),
            invitation_id: slot.invitation_id,
            invitation_active: active.is_some(),
            delivery: active.map_or(Delivery::None, |i| i.delivery.clone()),
            status,
            status_since,
            created_at: slot.created_at,
            device: device.map(SlotDevice::of),
            reminded: None,
        }
    }

    /// The text that a search looks through; see [`crate::search`].
    pub fn search_text(&self) -> String {
        let device = self.device.as_ref();
        let name = device.and_then(|d| d.name.as_deref()).unwrap_or_default();
        let serial = device.and_then(|d| d.serial.as_deref()).unwrap_or_default();
        searchable(&format!("{}\n{}\n{name}\n{serial}", self.person_name, self.email))
    }
}

impl SlotDevice {
    fn of(device: &Device) -> Self {
        Self {
            id: device.id,
            name: device.info.name(),
            serial: device.info.serial.clone(),
            os_version: device.info.os_version.clone(),
            platform: device.platform,
            ownership: device.ownership,
            step: device.progress.step,
            missing: device.missing(),
            error: device
                .progress
                .error
                .as_ref()
                .map(|e| if e.message.is_empty() { e.code.clone() } else { e.message.clone() }),
            last_contact_at: device.last_contact_at,
            renew_requested_at: device.renewal.filter(|r| r.answered_at.is_none()).map(|r| r.requested_at),
            lost: device.lost.state(),
        }
    }
}

fn latest_step(invitation: &Invitation) -> Timestamp {
    match invitation.state {
        InvitationState::Opened => invitation.opened_at,
        InvitationState::Sent => invitation.sent_at,
        _ => None,
    }
    .unwrap_or(invitation.created_at)
}
