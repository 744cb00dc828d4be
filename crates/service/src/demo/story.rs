//! A person's story: real decisions at past times, merged into one change that writes each row once.

use crate::{ServiceResult, demo::rng::SeededRng};
use domain::{
    Timestamp,
    actor::Actor,
    aggregate::PersonAggregate,
    decide::{self, Context, Refusal},
    journal::change::Change,
    mail::{Attempt, Mail, MailState},
};

/// A person whose story is being generated.
pub(super) struct Story {
    /// The state after the decisions so far.
    pub(super) person: PersonAggregate,
    /// The merged change of the decisions so far.
    pub(super) change: Change,
    /// The source of all random choices.
    pub(super) rng: SeededRng,
}

impl Story {
    /// Begins with a person who was just added.
    pub(super) fn new(person: PersonAggregate, added: Change, rng: SeededRng) -> Self {
        Self { person, change: added, rng }
    }

    /// Makes a decision at a time in the past.
    pub(super) fn decide<T>(
        &mut self,
        actor: Actor,
        at: Timestamp,
        decide: impl FnOnce(&PersonAggregate, &mut SeededRng, &Context) -> Result<(T, Change), Refusal>,
    ) -> ServiceResult<T> {
        self.rng.at_ms = at.as_millis().unsigned_abs();
        let (value, change) = decide(&self.person, &mut self.rng, &Context { now: at, actor })?;
        self.apply(change);
        Ok(value)
    }

    /// Marks the queued mails as sent, or as rejected by the mail server.
    pub(super) fn send_mails(&mut self, at: Timestamp, refused: Option<&str>) -> ServiceResult<()> {
        let is_queued = |mail: &&Mail| mail.state == MailState::Queued;
        let queued: Vec<Mail> = self.change.mails.iter().filter(is_queued).cloned().collect();
        for mail in queued {
            let to = self.person.person.email.to_string();
            let attempt = match refused {
                Some(reason) => Attempt::Permanent { to, reason: reason.to_owned() },
                None => Attempt::Sent { to },
            };
            let attempted = Mail { attempts: 1, ..mail };
            self.decide(Actor::System, at, |person, _, context| {
                Ok(((), decide::record_attempt(person, &attempted, attempt, context)))
            })?;
        }
        Ok(())
    }

    /// Applies a change to the person and merges it: a row that is written again replaces its previous version.
    fn apply(&mut self, change: Change) {
        if let Some(person) = change.people.into_iter().next_back() {
            self.person.person = person.clone();
            self.change.people = vec![person];
        }
        for invitation in change.invitations {
            let is_current = self.person.invitation.as_ref().is_none_or(|known| known.id == invitation.id);
            if invitation.state.is_active() {
                self.person.invitation = Some(invitation.clone());
            } else if is_current {
                self.person.invitation = None;
            }
            put(&mut self.change.invitations, invitation, |a, b| a.id == b.id);
        }
        for device in change.devices {
            put(&mut self.person.devices, device.clone(), |a, b| a.id == b.id);
            self.person.devices.retain(|d| d.deleted_at.is_none());
            put(&mut self.change.devices, device, |a, b| a.id == b.id);
        }
        for device in self.person.devices.iter_mut().chain(&mut self.change.devices) {
            let contacts = change.contacts.iter().filter(|(id, _)| *id == device.id);
            device.last_contact_at = contacts.map(|(_, at)| *at).fold(device.last_contact_at, Timestamp::max);
            let reports = change.reports.iter().filter(|put| put.device_id == device.id);
            device.last_report_seq = reports.map(|put| put.report.seq).fold(device.last_report_seq, u64::max);
        }
        for row in change.slots {
            put(&mut self.person.slots, row.slot.clone(), |a, b| a.id == b.id);
            put(&mut self.change.slots, row, |a, b| a.slot.id == b.slot.id);
        }
        self.person.slots.retain(|slot| !change.closed_slots.contains(&slot.id));
        self.change.slots.retain(|row| !change.closed_slots.contains(&row.slot.id));
        put_all(&mut self.change.secrets, change.secrets, |a, b| a.0 == b.0);
        put_all(&mut self.change.hardware, change.hardware, |a, b| a.0 == b.0);
        put_all(&mut self.change.commands, change.commands, |a, b| a.id == b.id);
        put_all(&mut self.change.mails, change.mails, |a, b| a.id == b.id);
        put_all(&mut self.change.inventories, change.inventories, |a, b| a.device_id == b.device_id);
        put_all(&mut self.change.reports, change.reports, |a, b| a.device_id == b.device_id);
        self.change.installations.extend(change.installations);
        self.change.credentials.extend(change.credentials);
        self.change.events.extend(change.events);
    }
}

fn put_all<T>(into: &mut Vec<T>, values: Vec<T>, is_same: impl Fn(&T, &T) -> bool + Copy) {
    for value in values {
        put(into, value, is_same);
    }
}

fn put<T>(into: &mut Vec<T>, value: T, is_same: impl Fn(&T, &T) -> bool) {
    match into.iter_mut().find(|known| is_same(known, &value)) {
        Some(known) => *known = value,
        None => into.push(value),
    }
}
