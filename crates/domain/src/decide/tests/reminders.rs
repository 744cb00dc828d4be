//! Reminders: when they are due, how many there are, and when there are none.

use super::{
    examples::{activated, enrolled, invited},
    world::World,
};
use crate::{
    decide::{
        Thresholds, deactivate, delete_device, record_attempt, record_contact, record_silence, remind, renew_device,
    },
    invitation::DeactivationReason,
    journal::EventKind,
    mail::{Attempt, MailKind, MailState},
    slot::{
        attention::{Cause, RENEW_UNANSWERED_AFTER_S, UNOPENED_AFTER_S},
        reminder::{REMINDER_PAUSE_S, ReminderPolicy, ReminderRule},
    },
    types::ids::{DeviceId, PersonId, SlotId},
};
use std::collections::BTreeMap;

const DAY_S: i64 = 24 * 3600;

fn policy(cause: Cause, after_days: u16, at_most: u8) -> ReminderPolicy {
    vec![ReminderRule { cause, after_days, at_most }].try_into().unwrap()
}

impl World {
    /// Looks after every row of a person, as the worker does.
    pub(super) fn remind(&mut self, person: PersonId, policy: &ReminderPolicy) {
        for id in self.slots.keys().copied().collect::<Vec<SlotId>>() {
            let (whole, context) = (self.aggregate(person), self.context());
            if let Ok(change) = remind(&whole, id, policy, &mut self.ids, &context) {
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

    /// No row was reminded of a cause more than `at_most` times in one stretch of trouble, and nobody twice a day.
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

    /// The mail server takes everything that waits.
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

fn silent(world: &mut World, id: DeviceId) {
    world.wait(DAY_S + 1);
    let change = record_silence(&world.aggregate_of(id), id, Thresholds::default(), &world.context()).unwrap();
    world.apply(change);
}

#[test]
fn an_unopened_invitation_is_mailed_again_so_often_and_no_more() {
    let (mut world, person) = World::with_person();
    let policy = policy(Cause::NotOpened, 3, 2);
    invited(&mut world, person, true);
    world.send_mails(person);
    world.wait(UNOPENED_AFTER_S + 3 * DAY_S - 1);
    world.remind(person, &policy);
    assert_eq!(world.reminders(), [0; 0], "not a second too early");
    world.wait(1);
    world.remind(person, &policy);
    world.remind(person, &policy);
    assert_eq!(world.reminders(), [1]);
    for _ in 0..5 {
        world.send_mails(person);
        world.wait(UNOPENED_AFTER_S + 3 * DAY_S);
        world.remind(person, &policy);
    }
    assert_eq!(world.reminders(), [1, 2]);
    invited(&mut world, person, true);
    world.send_mails(person);
    world.wait(UNOPENED_AFTER_S + 3 * DAY_S);
    world.remind(person, &policy);
    assert_eq!(world.reminders(), [1, 2, 1], "a new invitation is counted anew");
    assert!(world.mails.values().all(|mail| mail.kind == MailKind::Invitation));
}

#[test]
fn a_silent_device_is_renewed_until_it_is_back() {
    let (mut world, person) = World::with_person();
    let policy = policy(Cause::NotSynchronizing, 2, 3);
    let invitation = invited(&mut world, person, false);
    let device = enrolled(&mut world, person, invitation, 1);
    activated(&mut world, device);
    silent(&mut world, device);
    world.wait(2 * DAY_S);
    world.remind(person, &policy);
    assert_eq!(world.reminders(), [1]);
    assert_eq!(world.mails.values().map(|mail| mail.kind).collect::<Vec<_>>(), [MailKind::Renew]);
    assert_eq!(world.devices[&device].renewal.unwrap().requested_at, world.now);
    world.wait(RENEW_UNANSWERED_AFTER_S);
    world.remind(person, &policy);
    assert_eq!(world.reminders(), [1], "two days lie between two reminders");
    let change = record_contact(&world.aggregate_of(device), device, &world.context()).unwrap();
    world.apply(change);
    assert!(world.slots.values().all(|(_, row)| row.reminded.is_none()), "what is over is not shown any more");
    silent(&mut world, device);
    world.wait(2 * DAY_S);
    world.remind(person, &policy);
    assert_eq!(world.reminders(), [1, 1]);
}

#[test]
fn a_renewal_by_hand_puts_the_reminder_off() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let device = enrolled(&mut world, person, invitation, 1);
    activated(&mut world, device);
    silent(&mut world, device);
    world.wait(DAY_S);
    let (whole, context) = (world.aggregate(person), world.context());
    let change = renew_device(&whole, device, World::sealed(), &mut world.ids, &context).unwrap();
    world.apply(change);
    world.wait(DAY_S);
    world.remind(person, &policy(Cause::NotSynchronizing, 2, 3));
    assert_eq!(world.reminders(), [0; 0]);
    world.wait(DAY_S);
    world.remind(person, &policy(Cause::NotSynchronizing, 2, 3));
    assert_eq!(world.reminders(), [1]);
}

#[test]
fn someone_with_two_silent_devices_gets_one_mail_a_day() {
    let (mut world, person) = World::with_person();
    let policy = policy(Cause::Pending, 1, 1);
    let invitation = invited(&mut world, person, false);
    enrolled(&mut world, person, invitation, 1);
    enrolled(&mut world, person, invitation, 2);
    world.wait(3 * DAY_S);
    world.remind(person, &policy);
    assert_eq!(world.reminders(), [1]);
    world.wait(REMINDER_PAUSE_S);
    world.remind(person, &policy);
    assert_eq!(world.reminders(), [1, 1]);
    world.wait(9 * DAY_S);
    world.remind(person, &policy);
    assert_eq!(world.reminders(), [1, 1]);
}

#[test]
fn deleting_the_device_that_a_mail_was_about_brings_no_second_mail() {
    let (mut world, person) = World::with_person();
    let policy = policy(Cause::Pending, 1, 2);
    let invitation = invited(&mut world, person, false);
    enrolled(&mut world, person, invitation, 1);
    enrolled(&mut world, person, invitation, 2);
    world.wait(3 * DAY_S);
    world.remind(person, &policy);
    let reminded = world.slots.values().find(|(slot, _)| slot.reminded.is_some()).and_then(|(slot, _)| slot.device_id);
    let change = delete_device(&world.aggregate(person), reminded.unwrap(), &[], &world.context()).unwrap();
    world.apply(change);
    world.remind(person, &policy);
    assert_eq!(world.reminders(), [1]);
}

#[test]
fn nobody_is_reminded_whose_invitation_was_deactivated_or_of_a_cause_without_a_rule() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    enrolled(&mut world, person, invitation, 1);
    world.wait(5 * DAY_S);
    world.remind(person, &policy(Cause::PermissionsLost, 1, 1));
    assert_eq!(world.reminders(), [0; 0]);
    let (whole, context) = (world.aggregate(person), world.context());
    world.apply(deactivate(&whole, invitation, DeactivationReason::Manual, &context).unwrap());
    world.remind(person, &policy(Cause::Pending, 1, 1));
    assert_eq!(world.reminders(), [0; 0]);
}
