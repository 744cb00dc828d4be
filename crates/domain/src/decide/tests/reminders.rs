//! Reminders: when they are due, how many there are, and when there are none.

use super::{
    examples::{activated, enrolled, invited},
    memory_store::MemoryStore,
};
use crate::{
    decide::{deactivate, delete_device, record_attempt, record_contact, remind, renew_device},
    invitation::DeactivationReason,
    journal::EventKind,
    mail::{Attempt, MailKind, MailState},
    slot::{
        attention::{Cause, RENEW_UNANSWERED_AFTER_S, UNOPENED_AFTER_S},
        reminder::{REMINDER_PAUSE_S, ReminderPolicy, ReminderRule},
    },
    types::{
        hearing::Hearing,
        ids::{DeviceId, PersonId, SlotId},
    },
};
use std::collections::BTreeMap;

const DAY_S: i64 = 24 * 3600;

fn policy(cause: Cause, after_days: u16, at_most: u8) -> ReminderPolicy {
    vec![ReminderRule { cause, after_days, at_most }].try_into().unwrap()
}

impl MemoryStore {
    /// Checks every row of a person for a due reminder, as the worker does.
    pub(super) fn remind(&mut self, person: PersonId, policy: &ReminderPolicy) {
        for id in self.slots.keys().copied().collect::<Vec<SlotId>>() {
            let (whole, context) = (self.aggregate(person), self.context());
            if let Ok(change) = remind(&whole, id, policy, &Hearing::default(), &mut self.ids, &context) {
                self.apply(change);
            }
        }
    }

    fn reminders(&self) -> Vec<u8> {
        let number = |kind: &EventKind| match kind {
            EventKind::PersonReminded { number, .. } => Some(*number),
            _ => None,
        };
        self.journal.iter().filter_map(|event| number(&event.kind)).collect()
    }

    /// No row got more than `at_most` reminders of a cause in one episode, and nobody got two a day.
    pub(super) fn check_reminders(&self, at_most: u8) {
        let mut numbers = BTreeMap::<_, u8>::new();
        let mut latest = None;
        for event in &self.journal {
            let EventKind::PersonReminded { cause, number } = event.kind else { continue };
            assert!(number <= at_most, "reminder {number} of at most {at_most}");
            let before = numbers.insert((event.slot_id, cause), number).unwrap_or(0);
            assert!(number == before + 1 || number == 1, "reminder {number} after reminder {before}");
            let pause = latest.map_or(REMINDER_PAUSE_S, |before| event.at.seconds_since(before));
            assert!(pause >= REMINDER_PAUSE_S, "two reminders within {pause} s");
            latest = Some(event.at);
        }
    }

    /// The mail server accepts every queued mail.
    fn send_mails(&mut self, person: PersonId) {
        for mail in self.mails.values().filter(|mail| mail.state == MailState::Queued).cloned().collect::<Vec<_>>() {
            let sent = Attempt::Sent { to: "ada@example.com".to_owned() };
            let change = record_attempt(&self.aggregate(person), &mail, sent, &self.context());
            self.apply(change);
        }
    }

    fn wait(&mut self, seconds: i64) {
        self.now = self.now.plus_seconds(seconds);
    }
}

fn silent(store: &mut MemoryStore, id: DeviceId) {
    store.wait(DAY_S + 1);
    store.record_silence(id, &Hearing::default());
}

#[test]
fn an_unopened_invitation_is_mailed_again_up_to_the_maximum() {
    let (mut store, person) = MemoryStore::with_person();
    let policy = policy(Cause::NotOpened, 3, 2);
    invited(&mut store, person, true);
    store.send_mails(person);
    store.wait(UNOPENED_AFTER_S + 3 * DAY_S - 1);
    store.remind(person, &policy);
    assert_eq!(store.reminders(), [0; 0], "not a second too early");
    store.wait(1);
    store.remind(person, &policy);
    store.remind(person, &policy);
    assert_eq!(store.reminders(), [1]);
    for _ in 0..5 {
        store.send_mails(person);
        store.wait(UNOPENED_AFTER_S + 3 * DAY_S);
        store.remind(person, &policy);
    }
    assert_eq!(store.reminders(), [1, 2]);
    invited(&mut store, person, true);
    store.send_mails(person);
    store.wait(UNOPENED_AFTER_S + 3 * DAY_S);
    store.remind(person, &policy);
    assert_eq!(store.reminders(), [1, 2, 1], "counting starts over with a new invitation");
    assert!(store.mails.values().all(|mail| mail.kind == MailKind::Invitation));
}

#[test]
fn a_silent_device_is_renewed_until_it_is_back() {
    let (mut store, person) = MemoryStore::with_person();
    let policy = policy(Cause::NotSynchronizing, 2, 3);
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    activated(&mut store, device);
    silent(&mut store, device);
    store.wait(2 * DAY_S);
    store.remind(person, &policy);
    assert_eq!(store.reminders(), [1]);
    assert_eq!(store.mails.values().map(|mail| mail.kind).collect::<Vec<_>>(), [MailKind::Renew]);
    assert_eq!(store.devices[&device].renewal.unwrap().requested_at, store.now);
    store.wait(RENEW_UNANSWERED_AFTER_S);
    store.remind(person, &policy);
    assert_eq!(store.reminders(), [1], "reminders are two days apart");
    let change = record_contact(&store.aggregate_of(device), device, &store.context()).unwrap();
    store.apply(change);
    assert!(
        store.slots.values().all(|(_, row)| row.reminded.is_none()),
        "reminders of an earlier episode are not shown"
    );
    silent(&mut store, device);
    store.wait(2 * DAY_S);
    store.remind(person, &policy);
    assert_eq!(store.reminders(), [1, 1]);
}

#[test]
fn a_renewal_by_hand_postpones_the_reminder() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    activated(&mut store, device);
    silent(&mut store, device);
    store.wait(DAY_S);
    let (whole, context) = (store.aggregate(person), store.context());
    let change = renew_device(&whole, device, MemoryStore::sealed(), &mut store.ids, &context).unwrap();
    store.apply(change);
    store.wait(DAY_S);
    store.remind(person, &policy(Cause::NotSynchronizing, 2, 3));
    assert_eq!(store.reminders(), [0; 0]);
    store.wait(DAY_S);
    store.remind(person, &policy(Cause::NotSynchronizing, 2, 3));
    assert_eq!(store.reminders(), [1]);
}

#[test]
fn someone_with_two_silent_devices_gets_one_mail_a_day() {
    let (mut store, person) = MemoryStore::with_person();
    let policy = policy(Cause::Pending, 1, 1);
    let invitation = invited(&mut store, person, false);
    enrolled(&mut store, person, invitation, 1);
    enrolled(&mut store, person, invitation, 2);
    store.wait(3 * DAY_S);
    store.remind(person, &policy);
    assert_eq!(store.reminders(), [1]);
    store.wait(REMINDER_PAUSE_S);
    store.remind(person, &policy);
    assert_eq!(store.reminders(), [1, 1]);
    store.wait(9 * DAY_S);
    store.remind(person, &policy);
    assert_eq!(store.reminders(), [1, 1]);
}

#[test]
fn deleting_the_device_of_a_reminder_brings_no_second_reminder() {
    let (mut store, person) = MemoryStore::with_person();
    let policy = policy(Cause::Pending, 1, 2);
    let invitation = invited(&mut store, person, false);
    enrolled(&mut store, person, invitation, 1);
    enrolled(&mut store, person, invitation, 2);
    store.wait(3 * DAY_S);
    store.remind(person, &policy);
    let reminded = store.slots.values().find(|(slot, _)| slot.reminded.is_some()).and_then(|(slot, _)| slot.device_id);
    let change = delete_device(&store.aggregate(person), reminded.unwrap(), &[], false, &store.context()).unwrap();
    store.apply(change);
    store.remind(person, &policy);
    assert_eq!(store.reminders(), [1]);
}

#[test]
fn causes_without_a_rule_and_deactivated_invitations_bring_no_reminder() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    enrolled(&mut store, person, invitation, 1);
    store.wait(5 * DAY_S);
    store.remind(person, &policy(Cause::PermissionsLost, 1, 1));
    assert_eq!(store.reminders(), [0; 0]);
    let (whole, context) = (store.aggregate(person), store.context());
    store.apply(deactivate(&whole, invitation, DeactivationReason::Manual, &context).unwrap());
    store.remind(person, &policy(Cause::Pending, 1, 1));
    assert_eq!(store.reminders(), [0; 0]);
}
