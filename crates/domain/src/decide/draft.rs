//! A change in the making: decisions edit a working copy, and what differs in the end is what is written.

use crate::{
    Timestamp,
    actor::Actor,
    aggregate::PersonAggregate,
    device::Device,
    invitation::Invitation,
    journal::{
        EventKind, NewEvent,
        change::{Change, SlotPut},
    },
    slot::Slot,
    types::ids::{DeviceId, InvitationId, SlotId},
};

/// When something is decided, and on whose behalf.
#[derive(Clone, Debug)]
pub struct Context {
    /// The time.
    pub now: Timestamp,
    /// Who asked.
    pub actor: Actor,
}

/// A working copy of an aggregate with the change that grows from it.
pub(super) struct Draft<'a> {
    before: &'a PersonAggregate,
    /// The working copy.
    pub(super) after: PersonAggregate,
    /// Parts of the change that do not follow from the working copy.
    pub(super) change: Change,
    context: &'a Context,
}

impl<'a> Draft<'a> {
    pub(super) fn new(before: &'a PersonAggregate, context: &'a Context) -> Self {
        Self { before, after: before.clone(), change: Change::default(), context }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.context.now
    }

    /// Appends an entry about the person.
    pub(super) fn event(&mut self, kind: EventKind) {
        self.push(None, None, None, kind);
    }

    /// Appends an entry about an invitation; it also belongs to the row of the invitation item, if there is one.
    pub(super) fn invitation_event(&mut self, id: InvitationId, kind: EventKind) {
        let slot = self.after.item_slot(id).map(|s| s.id);
        self.push(Some(id), slot, None, kind);
    }

    /// Appends an entry about a row.
    pub(super) fn slot_event(&mut self, slot: &Slot, kind: EventKind) {
        self.push(Some(slot.invitation_id), Some(slot.id), slot.device_id, kind);
    }

    /// Appends an entry about a device.
    pub(super) fn device_event(&mut self, device: &Device, kind: EventKind) {
        self.push(Some(device.invitation_id), Some(device.slot_id), Some(device.id), kind);
    }

    /// Appends an entry about a mail: it carries `invitation`, which is not always the one that a renewed device enrolled
    /// with, and stands on the timeline of the device's row.
    pub(super) fn mail_event(&mut self, invitation: InvitationId, device: Option<DeviceId>, kind: EventKind) {
        match device.and_then(|id| self.after.device(id)).map(|d| (d.slot_id, d.id)) {
            Some((slot, device)) => self.push(Some(invitation), Some(slot), Some(device), kind),
            None => self.invitation_event(invitation, kind),
        }
    }

    fn push(
        &mut self,
        invitation_id: Option<InvitationId>,
        slot_id: Option<SlotId>,
        device_id: Option<DeviceId>,
        kind: EventKind,
    ) {
        self.change.events.push(NewEvent {
            at: self.context.now,
            actor: self.context.actor.clone(),
            person_id: self.after.person.id,
            invitation_id,
            slot_id,
            device_id,
            kind,
        });
    }

    /// Edits a device of the working copy and returns a copy of it.
    pub(super) fn edit_device(&mut self, id: DeviceId, edit: impl FnOnce(&mut Device)) -> Option<Device> {
        let device = self.after.devices.iter_mut().find(|d| d.id == id)?;
        edit(device);
        Some(device.clone())
    }

    /// Edits a row of the working copy and returns a copy of it.
    pub(super) fn edit_slot(&mut self, id: SlotId, edit: impl FnOnce(&mut Slot)) -> Option<Slot> {
        let slot = self.after.slots.iter_mut().find(|s| s.id == id)?;
        edit(slot);
        Some(slot.clone())
    }

    /// Adds a row for an invitation item.
    pub(super) fn open_slot(&mut self, id: SlotId, invitation_id: InvitationId) -> Slot {
        let person_id = self.after.person.id;
        let created_at = self.now();
        let slot = Slot { id, person_id, invitation_id, device_id: None, created_at, reminded: None, version: 0 };
        self.after.slots.push(slot.clone());
        self.slot_event(&slot, EventKind::SlotOpened);
        slot
    }

    /// Takes a row away.
    pub(super) fn close_slot(&mut self, id: SlotId) {
        if let Some(at) = self.after.slots.iter().position(|s| s.id == id) {
            let slot = self.after.slots.remove(at);
            self.slot_event(&slot, EventKind::SlotClosed);
        }
    }

    /// Writes an invitation that is no longer the active one.
    pub(super) fn retire(&mut self, invitation: Invitation) {
        self.change.supersede_mails_of.push(invitation.id);
        self.change.invitations.push(invitation);
    }

    /// The change of a decision about the person: claims the person's version, so that of two such decisions made at
    /// once the second has to be made again.
    pub(super) fn finish(mut self) -> Change {
        self.change.people.push(self.after.person.clone());
        self.finish_device()
    }

    /// The change of a decision that concerns one device alone.
    pub(super) fn finish_device(mut self) -> Change {
        if self.after.invitation != self.before.invitation {
            self.change.invitations.extend(self.after.invitation.clone());
        }
        for device in &self.after.devices {
            let has_new_secret = self.change.secrets.iter().any(|(id, _)| *id == device.id);
            if has_new_secret || self.before.device(device.id) != Some(device) {
                self.change.devices.push(device.clone());
            }
        }
        let kept = |id: SlotId| self.after.slots.iter().any(|s| s.id == id);
        self.change.closed_slots.extend(self.before.slots.iter().map(|s| s.id).filter(|id| !kept(*id)));
        self.put_changed_rows();
        self.change
    }

    fn put_changed_rows(&mut self) {
        for slot in &self.after.slots {
            let before = self.before.slots.iter().find(|s| s.id == slot.id);
            let row_before = before.and_then(|s| self.before.row(s));
            let row = self.after.row(slot);
            if before != Some(slot) || row_before != row {
                self.change.slots.extend(row.map(|row| SlotPut { slot: slot.clone(), row }));
            }
        }
    }
}
