//! The list row of a slot: the read model of the Mobile devices view.

use super::{
    Slot, SlotStatus,
    reminder::{Episode, Reminded},
};
use crate::{
    Timestamp,
    device::{Device, EnrollmentStep, Ownership, Platform, PushTrouble, hardware::Relatives, lost::LostState},
    invitation::{Delivery, Invitation, InvitationState},
    person::Person,
    types::{
        ids::{DeviceId, InvitationId, PersonId, SlotId},
        search::searchable,
    },
};
use serde::{Deserialize, Serialize};

/// Everything that the Mobile devices view shows, sorts, filters and searches by, stored next to the slot so that a
/// page of the view is one range of one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotRow {
    /// The row's identity.
    pub id: SlotId,
    /// The person.
    pub person_id: PersonId,
    /// Name of the person.
    pub person_name: String,
    /// Email of the person.
    pub email: String,
    /// The invitation.
    pub invitation_id: InvitationId,
    /// Whether that invitation still enrolls devices.
    pub invitation_active: bool,
    /// Delivery of the invitation's latest mail, while the invitation is active.
    pub delivery: Delivery,
    /// Status of the row.
    pub status: SlotStatus,
    /// Since when; for an invitation item, since its latest step.
    pub status_since: Timestamp,
    /// When the row appeared.
    pub created_at: Timestamp,
    /// What the device item shows; `None` for an invitation item.
    pub device: Option<SlotDevice>,
    /// The reminders sent in the current episode.
    #[serde(default)]
    pub reminded: Option<Reminded>,
    /// Whether the stored row cannot be read: what is missing here is not known. Never stored.
    #[serde(skip)]
    pub is_damaged: bool,
    /// When the invitation turned devices away, if this is the row that says so.
    #[serde(default)]
    pub turned_away_at: Option<Timestamp>,
    /// Since when the person waits for a push certificate to enroll an iPhone or iPad.
    #[serde(default)]
    pub waits_for_push_certificate: Option<Timestamp>,
}

/// The device part of a list row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotDevice {
    /// The device's identity.
    pub id: DeviceId,
    /// Maker and model; `None` when not reported.
    pub name: Option<String>,
    /// Serial number.
    pub serial: Option<String>,
    /// Version of the operating system.
    pub os_version: String,
    /// What it runs.
    pub platform: Platform,
    /// Who owns it.
    pub ownership: Ownership,
    /// The step its enrollment is at.
    pub step: EnrollmentStep,
    /// What is missing before it is active, in words.
    pub missing: Vec<String>,
    /// The error that the agent reported, in its words.
    pub error: Option<String>,
    /// Last contact of any kind. Stored apart from the row: it changes all the time.
    #[serde(default, skip_serializing)]
    pub last_contact_at: Timestamp,
    /// When the renewal that the device has not answered was requested.
    pub renew_requested_at: Option<Timestamp>,
    /// Lost mode.
    #[serde(default)]
    pub lost: LostState,
    /// Whether it was active in an earlier enrollment, so that its name is known.
    #[serde(default)]
    pub was_enrolled: bool,
    /// When the wipe that it has not confirmed was requested.
    #[serde(default)]
    pub wipe_requested_at: Option<Timestamp>,
    /// Other devices with the same hardware.
    #[serde(default)]
    pub relatives: Relatives,
    /// Why it cannot be asked to call, and since when.
    #[serde(default)]
    pub push_trouble: Option<(Timestamp, PushTrouble)>,
    /// When the certificate expires that it signs with, if it is managed that way.
    #[serde(default)]
    pub certificate_until: Option<Timestamp>,
}

impl SlotRow {
    /// The list row of `slot`, with its active invitation and its device; `None` when it has neither.
    pub fn of(person: &Person, slot: &Slot, active: Option<&Invitation>, device: Option<&Device>) -> Option<Self> {
        // The device's state outranks that of the invitation.
        let (status, status_since) = match (device, active) {
            (Some(device), _) => (SlotStatus::of_device(device.state), device.state_since),
            (None, Some(invitation)) => (SlotStatus::of_invitation(invitation.state), latest_step(invitation)),
            (None, None) => return None,
        };
        let row = Self::new(person, slot, active, device, status, status_since);
        // Reminders of an earlier episode do not count any more.
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
            is_damaged: false,
            turned_away_at: active.and_then(|i| i.turned_away).filter(|it| it.slot_id == slot.id).map(|it| it.at),
            waits_for_push_certificate: active.and_then(|i| i.waits_for_push_certificate),
        }
    }

    /// Whether `after` is the same row with nothing but another contact.
    pub fn is_same_but_contact(&self, after: &Self) -> bool {
        let contact_of = |row: &Self| row.device.as_ref().map(|device| device.last_contact_at);
        let mut before = self.clone();
        if let (Some(device), Some(at)) = (&mut before.device, contact_of(after)) {
            device.last_contact_at = at;
        }
        before == *after
    }

    /// The indexed text of the row; see [`crate::types::search`].
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
            was_enrolled: device.known_since.is_some(),
            wipe_requested_at: device.wipe.map(|wipe| wipe.requested_at),
            relatives: device.relatives,
            push_trouble: device.push_trouble,
            certificate_until: device.certificate_until,
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

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn invitation(state: InvitationState) -> Invitation {
        let created = Timestamp::from_millis(1_700_000_000_000);
        let mut invitation = Invitation::new(InvitationId(Uuid::nil()), PersonId(Uuid::nil()), None, created);
        invitation.state = state;
        invitation.sent_at = Some(created.plus_seconds(60));
        invitation.opened_at = Some(created.plus_seconds(120));
        invitation
    }

    #[test]
    fn the_status_of_an_invitation_is_as_old_as_its_latest_step() {
        use InvitationState as S;
        let age = |state| {
            let invitation = invitation(state);
            latest_step(&invitation).seconds_since(invitation.created_at)
        };
        assert_eq!([S::Created, S::Queued, S::Sent, S::Opened].map(age), [0, 0, 60, 120]);
    }
}
