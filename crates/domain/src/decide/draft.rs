//! A change in the making: decisions edit a working copy of the aggregate, and the rows that differ in the end are
//! written.

use crate::{
    Timestamp,
    actor::Actor,
    aggregate::PersonAggregate,
    device::{Device, command::Command},
    invitation::Invitation,
    journal::{
        EventKind, NewEvent,
        change::{Change, SlotPut},
    },
    slot::Slot,
    types::ids::{DeviceId, InvitationId, SlotId},
};
use std::collections::{BTreeMap, BTreeSet};

/// The time and the actor of a decision.
#[derive(Clone, Debug)]
pub struct Context {
    /// The time.
    pub now: Timestamp,
    /// Who acts.
    pub actor: Actor,
}

/// A working copy of an aggregate, and the change so far.
pub(super) struct Draft<'a> {
    original: &'a PersonAggregate,
    /// The working copy.
    pub(super) current: PersonAggregate,
    /// The parts of the change that the working copy does not contain.
    pub(super) change: Change,
    /// Devices that are written even if they did not change.
    claimed: BTreeSet<DeviceId>,
    context: &'a Context,
    actor: Actor,
}

impl<'a> Draft<'a> {
    pub(super) fn new(original: &'a PersonAggregate, context: &'a Context) -> Self {
        Self {
            original,
            current: original.clone(),
            change: Change::default(),
            claimed: BTreeSet::new(),
            context,
            actor: context.actor.clone(),
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.context.now
    }

    /// Who acts.
    pub(super) fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Writes a command. One that this decision has written before is written as it is now.
    pub(super) fn put_command(&mut self, command: Command) {
        match self.change.commands.iter_mut().find(|written| written.id == command.id) {
            Some(written) => *written = command,
            None => self.change.commands.push(command),
        }
    }

    /// A part of the decision that another one than its actor is behind.
    pub(super) fn on_behalf_of<T>(&mut self, actor: Actor, act: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.actor, actor);
        let result = act(self);
        self.actor = before;
        result
    }

    /// Appends an entry about the person.
    pub(super) fn person_event(&mut self, kind: EventKind) {
        self.push_event(None, None, None, kind);
    }

    /// Appends an entry about an invitation; it also belongs to the row of the invitation item, if there is one.
    pub(super) fn invitation_event(&mut self, id: InvitationId, kind: EventKind) {
        let slot = self.current.item_slot(id).map(|s| s.id);
        self.push_event(Some(id), slot, None, kind);
    }

    /// Appends an entry about a row.
    pub(super) fn slot_event(&mut self, slot: &Slot, kind: EventKind) {
        self.push_event(Some(slot.invitation_id), Some(slot.id), slot.device_id, kind);
    }

    /// Appends an entry about a device.
    pub(super) fn device_event(&mut self, device: &Device, kind: EventKind) {
        self.push_event(Some(device.invitation_id), Some(device.slot_id), Some(device.id), kind);
    }

    /// Appends an entry about a mail. It names the invitation in the mail, which may differ from the one that a renewed
    /// device enrolled with, and appears on the timeline of the device's row.
    pub(super) fn mail_event(&mut self, invitation: InvitationId, device: Option<DeviceId>, kind: EventKind) {
        match device.and_then(|id| self.current.device(id)).map(|d| (d.slot_id, d.id)) {
            Some((slot, device)) => self.push_event(Some(invitation), Some(slot), Some(device), kind),
            None => self.invitation_event(invitation, kind),
        }
    }

    fn push_event(
        &mut self,
        invitation_id: Option<InvitationId>,
        slot_id: Option<SlotId>,
        device_id: Option<DeviceId>,
        kind: EventKind,
    ) {
        self.change.events.push(NewEvent {
            at: self.context.now,
            actor: self.actor.clone(),
            person_id: self.current.person.id,
            invitation_id,
            slot_id,
            device_id,
            kind,
        });
    }

    /// Edits a device of the working copy and returns a copy of it.
    pub(super) fn edit_device(&mut self, id: DeviceId, edit: impl FnOnce(&mut Device)) -> Option<Device> {
        let device = self.current.devices.iter_mut().find(|d| d.id == id)?;
        edit(device);
        Some(device.clone())
    }

    /// Records that a device is in contact, and returns a copy of it.
    pub(super) fn note_contact(&mut self, id: DeviceId) -> Option<Device> {
        let now = self.now();
        let device = self.edit_device(id, |device| device.last_contact_at = now)?;
        self.change.contacts.push((id, now));
        Some(device)
    }

    /// Claims the version of a device even if it does not change, for what may only exist beside the device as it is: of
    /// this decision and another about the device, made at the same time, the second is made again.
    pub(super) fn claim_device(&mut self, id: DeviceId) {
        self.claimed.insert(id);
    }

    /// Edits a row of the working copy and returns a copy of it.
    pub(super) fn edit_slot(&mut self, id: SlotId, edit: impl FnOnce(&mut Slot)) -> Option<Slot> {
        let slot = self.current.slots.iter_mut().find(|s| s.id == id)?;
        edit(slot);
        Some(slot.clone())
    }

    /// Adds a row for an invitation item.
    pub(super) fn open_slot(&mut self, id: SlotId, invitation_id: InvitationId) -> Slot {
        let person_id = self.current.person.id;
        let created_at = self.now();
        let slot = Slot { id, person_id, invitation_id, device_id: None, created_at, reminded: None, version: 0 };
        self.current.slots.push(slot.clone());
        self.slot_event(&slot, EventKind::SlotOpened);
        slot
    }

    /// Removes a row.
    pub(super) fn close_slot(&mut self, id: SlotId) {
        if let Some(at) = self.current.slots.iter().position(|s| s.id == id) {
            let slot = self.current.slots.remove(at);
            self.slot_event(&slot, EventKind::SlotClosed);
        }
    }

    /// Writes an invitation that is no longer the active one, and supersedes its queued mails.
    pub(super) fn retire(&mut self, invitation: Invitation) {
        self.change.supersede_mails_of.push(invitation.id);
        self.change.invitations.push(invitation);
    }

    /// The change of a decision about the person. It claims the person's version (optimistic concurrency): of two
    /// concurrent decisions the second gets a conflict and is made again.
    pub(super) fn into_change(mut self) -> Change {
        self.change.people.push(self.current.person.clone());
        self.into_device_change()
    }

    /// The change of a decision about one device alone. It does not claim the person's version, so that reports of
    /// different devices never conflict.
    pub(super) fn into_device_change(mut self) -> Change {
        if self.current.invitation != self.original.invitation {
            self.change.invitations.extend(self.current.invitation.clone());
        }
        self.put_changed_devices();
        // Rows that were loaded and are gone from the working copy.
        let kept: BTreeSet<SlotId> = self.current.slots.iter().map(|s| s.id).collect();
        self.change.closed_slots.extend(self.original.slots.iter().map(|s| s.id).filter(|id| !kept.contains(id)));
        self.put_changed_rows();
        self.change.forget_needless_versions();
        self.change
    }

    fn put_changed_devices(&mut self) {
        // A new secret is stored with its device, which claims the device's version even if nothing else changes.
        self.claimed.extend(self.change.secrets.iter().map(|(id, _)| *id));
        let before = by_id(&self.original.devices);
        for device in &self.current.devices {
            let before = before.get(&device.id).copied();
            if before == Some(device) && !self.claimed.contains(&device.id) {
                continue;
            }
            if before.is_some_and(|before| before.is_quiet_change(device)) && !self.claimed.contains(&device.id) {
                self.change.unchanged_devices.push((device.id, device.version));
                continue;
            }
            let keys = device.findable_by();
            if before.is_none_or(|before| before.findable_by() != keys) {
                self.change.hardware.push((device.id, keys));
            }
            self.change.devices.push(device.clone());
        }
    }

    /// Writes the slots that changed, and those whose list row did: a row shows its person, invitation and device, too.
    /// Only rows of which one of these changed are made and compared: a person may have hundreds.
    fn put_changed_rows(&mut self) {
        let (original, current) = (self.original, &self.current);
        let all_may_differ = original.person != current.person || original.invitation != current.invitation;
        let (devices_before, devices) = (by_id(&original.devices), by_id(&current.devices));
        let slots_before: BTreeMap<_, _> = original.slots.iter().map(|slot| (slot.id, slot)).collect();
        let is_same_device = |id: DeviceId| match (devices_before.get(&id), devices.get(&id)) {
            (Some(before), Some(after)) => before.is_quiet_change(after),
            (before, after) => before.is_none() && after.is_none(),
        };
        for slot in &current.slots {
            let before = slots_before.get(&slot.id).copied();
            if !all_may_differ && before == Some(slot) && slot.device_id.is_none_or(is_same_device) {
                continue;
            }
            let row_before = before.and_then(|slot| original.row(slot));
            let row = current.row(slot);
            let is_same_row = match (&row_before, &row) {
                (Some(before), Some(after)) => before.is_same_but_contact(after),
                (before, after) => before.is_none() && after.is_none(),
            };
            if before != Some(slot) || !is_same_row {
                self.change.slots.extend(row.map(|row| SlotPut { slot: slot.clone(), row }));
            }
        }
    }
}

fn by_id(devices: &[Device]) -> BTreeMap<DeviceId, &Device> {
    devices.iter().map(|device| (device.id, device)).collect()
}
