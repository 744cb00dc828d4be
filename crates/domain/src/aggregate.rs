//! The aggregate that every decision is made on: a person with their invitation, devices and rows.

use crate::{
    device::Device,
    invitation::Invitation,
    person::Person,
    slot::{Slot, SlotRow},
    types::ids::{DeviceId, InvitationId},
};

/// A person with the active invitation, the devices that were not deleted, and their rows.
///
/// For a device's own reports only that device and its row are loaded: such decisions touch nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonAggregate {
    /// The person.
    pub person: Person,
    /// The active invitation; there is at most one.
    pub invitation: Option<Invitation>,
    /// Devices that were not deleted.
    pub devices: Vec<Device>,
    /// Their rows in the Mobile devices view.
    pub slots: Vec<Slot>,
}

impl PersonAggregate {
    /// A device of this person.
    pub fn device(&self, id: DeviceId) -> Option<&Device> {
        self.devices.iter().find(|d| d.id == id)
    }

    /// True when no device belongs to the invitation.
    pub fn is_unused(&self, invitation: InvitationId) -> bool {
        self.devices.iter().all(|d| d.invitation_id != invitation)
    }

    /// The row of an invitation item.
    pub fn item_slot(&self, invitation: InvitationId) -> Option<&Slot> {
        self.slots.iter().find(|s| s.invitation_id == invitation && s.device_id.is_none())
    }

    /// The list row of `slot`; `None` when its item is not part of this aggregate.
    pub fn row(&self, slot: &Slot) -> Option<SlotRow> {
        let active = self.invitation.as_ref().filter(|i| i.id == slot.invitation_id);
        let device = slot.device_id.and_then(|id| self.device(id));
        if slot.device_id.is_some() != device.is_some() {
            return None;
        }
        SlotRow::of(&self.person, slot, active, device)
    }
}
