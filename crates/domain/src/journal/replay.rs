//! Replays the journal; the result must equal the stored states.

use crate::{
    device::DeviceState,
    journal::{EventKind, NewEvent},
    types::ids::{DeviceId, InvitationId, SlotId},
};
use std::collections::{BTreeMap, BTreeSet};

/// The states of an invitation, in order; an invitation never moves back.
const ORDER: [&str; 5] = ["created", "queued", "sent", "opened", "deactivated"];

/// The states that follow from a journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Projection {
    /// Invitations and the word for their state.
    pub invitations: BTreeMap<InvitationId, &'static str>,
    /// Devices that were not deleted.
    pub devices: BTreeMap<DeviceId, DeviceState>,
    /// Devices in lost mode.
    pub lost: BTreeSet<DeviceId>,
    /// Rows with their invitation and device.
    pub slots: BTreeMap<SlotId, (InvitationId, Option<DeviceId>)>,
}

impl Projection {
    /// Applies the next entry.
    pub fn apply(&mut self, event: &NewEvent) {
        if let Some(id) = event.invitation_id {
            self.apply_to_invitation(id, &event.kind);
        }
        if let Some(id) = event.device_id {
            self.apply_to_device(id, &event.kind);
        }
        if let Some(id) = event.slot_id {
            self.apply_to_slot(id, event);
        }
    }

    fn apply_to_invitation(&mut self, id: InvitationId, kind: &EventKind) {
        let word = match kind {
            EventKind::InvitationCreated { .. } => "created",
            EventKind::MailQueued { .. } => "queued",
            EventKind::MailSent { .. } => "sent",
            EventKind::InvitationOpened { .. } => "opened",
            EventKind::InvitationDeactivated { .. } => "deactivated",
            _ => return,
        };
        // A mail that is sent again after the invitation was opened does not move it back.
        let rank = |word: &str| ORDER.iter().position(|w| *w == word);
        let state = self.invitations.entry(id).or_insert(word);
        if rank(word) > rank(state) {
            *state = word;
        }
    }

    fn apply_to_device(&mut self, id: DeviceId, kind: &EventKind) {
        // Lost mode ends by itself when the device is unenrolled, wiped or deleted.
        match kind {
            EventKind::LostModeBegan => {
                self.lost.insert(id);
            }
            EventKind::LostModeEnded
            | EventKind::DeviceUnenrolled { .. }
            | EventKind::DeviceWiped
            | EventKind::DeviceDeleted { .. } => {
                self.lost.remove(&id);
            }
            _ => {}
        }
        let state = match kind {
            EventKind::DeviceContacted { .. }
            | EventKind::DeviceReenrolled { .. }
            | EventKind::EnrollmentStalled { .. } => DeviceState::Pending,
            EventKind::EnrollmentBegan => DeviceState::Enrolling,
            EventKind::DeviceActivated
            | EventKind::PermissionsRestored
            | EventKind::ContactRestored { permissions_lost: false } => DeviceState::Active,
            EventKind::PermissionsLost { .. } | EventKind::ContactRestored { permissions_lost: true } => {
                DeviceState::PermissionsLost
            }
            EventKind::ContactLost { .. } => DeviceState::NotSynchronizing,
            EventKind::DeviceUnenrolled { .. } => DeviceState::Unenrolled,
            EventKind::DeviceWiped => DeviceState::Wiped,
            EventKind::DeviceReplaced { .. } => DeviceState::Replaced,
            EventKind::DeviceDeleted { .. } => {
                self.devices.remove(&id);
                return;
            }
            _ => return,
        };
        self.devices.insert(id, state);
    }

    fn apply_to_slot(&mut self, id: SlotId, event: &NewEvent) {
        let Some(invitation) = event.invitation_id else { return };
        match event.kind {
            EventKind::SlotOpened | EventKind::SlotHandedOver { .. } | EventKind::SlotBecameInvitation => {
                self.slots.insert(id, (invitation, None));
            }
            EventKind::SlotBecameDevice | EventKind::DeviceRebound { .. } => {
                self.slots.insert(id, (invitation, event.device_id));
            }
            EventKind::SlotClosed => {
                self.slots.remove(&id);
            }
            _ => {}
        }
    }
}
