//! A person's story: real decisions at past times, gathered into one change that writes every row once.

use crate::{ServiceResult, demo::rng::SeededRng};
use domain::{
    Timestamp,
    actor::Actor,
    aggregate::PersonAggregate,
    decide::{self, Context, Refusal},
    journal::change::Change,
    mail::{Attempt, Mail, MailState},
};

/// A person in the making.
pub(super) struct Story {
    /// How far the person has come.
    pub(super) person: PersonAggregate,
    /// What is to be written.
    pub(super) change: Change,
    /// What chance decides.
    pub(super) rng: SeededRng,
}

impl Story {
    /// Begins with a person who was added.
    pub(super) fn new(person: PersonAggregate, added: Change, rng: SeededRng) -> Self {
        Self { person, change: added, rng }
    }

    /// Decides at a moment.
    pub(super) fn decide<T>(
        &mut self,
        actor: Actor,
        at: Timestamp,
        decide: impl FnOnce(&PersonAggregate, &mut SeededRng, &Context) -> Result<(T, Change), Refusal>,
    ) -> ServiceResult<T> {
        self.rng.at_ms = at.as_millis().unsigned_abs();
        let (value, change) = decide(&self.person, &mut self.rng, &Context { now: at, actor })?;
        self.take(change);
        Ok(value)
    }

    /// Sends the mails that wait, or has the mail server refuse them.
    pub(super) fn send_mails(&mut self, at: Timestamp, refused: Option<&str>) -> ServiceResult<()> {
        let is_waiting = |mail: &&Mail| mail.state == MailState::Queued;
        let waiting: Vec<Mail> = self.change.mails.iter().filter(is_waiting).cloned().collect();
        for mail in waiting {
            let to = self.person.person.email.to_string();
            let attempt = match refused {
                Some(reason) => Attempt::Permanent { to, reason: reason.to_owned() },
                None => Attempt::Sent { to },
            };
            let tried = Mail { attempts: 1, ..mail };
            self.decide(Actor::System, at, |person, _, context| {
                Ok(((), decide::record_attempt(person, &tried, attempt, context)))
            })?;
        }
        Ok(())
    }

    /// Applies a change to the person. Nothing is stored yet: a row that is written again takes the place of the former.
    fn take(&mut self, change: Change) {
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
        for row in change.slots {
            put(&mut self.person.slots, row.slot.clone(), |a, b| a.id == b.id);
            put(&mut self.change.slots, row, |a, b| a.slot.id == b.slot.id);
        }
        self.person.slots.retain(|slot| !change.closed_slots.contains(&slot.id));
        self.change.slots.retain(|row| !change.closed_slots.contains(&row.slot.id));
        put_all(&mut self.change.secrets, change.secrets, |a, b| a.0 == b.0);
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
