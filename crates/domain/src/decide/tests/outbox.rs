//! Mails in the outbox: claimed, sent, postponed, removed. And what correcting a person does to them.

use super::{
    examples::{enrolled, invited},
    memory_store::MemoryStore,
};
use crate::{
    decide::{
        RESEND_PAUSE_S, Refusal, change_person, claim_mail, deactivate, record_attempt, record_credentials_shown,
        request_command, resend, set_mail_aside, supersede_mail,
    },
    device::command::CommandKind,
    invitation::{DeactivationReason, Delivery},
    journal::EventKind,
    mail::{Attempt, MAX_ATTEMPTS, Mail, MailState, retry_delay_s},
    person::{Correction, OldCredentials},
    types::{
        ids::{PersonId, ServerId},
        text::Locale,
    },
};
use uuid::Uuid;

const SERVER: ServerId = ServerId(Uuid::from_u128(7));

fn only_mail(store: &MemoryStore) -> Mail {
    assert_eq!(store.mails.len(), 1);
    store.mails.values().next().unwrap().clone()
}

/// Claims the mail and records how the attempt ended; returns the kinds of the new entries.
fn attempt(store: &mut MemoryStore, person: PersonId, attempt: Attempt) -> Vec<EventKind> {
    let (claimed, change) = claim_mail(&only_mail(store), SERVER);
    store.apply(change);
    let change = record_attempt(&store.aggregate(person), &claimed, attempt, &store.context());
    let kinds = change.events.iter().map(|event| event.kind.clone()).collect();
    store.apply(change);
    kinds
}

#[test]
fn a_claimed_mail_is_being_sent_for_the_first_time() {
    let (mut store, person) = MemoryStore::with_person();
    invited(&mut store, person, true);
    let due = only_mail(&store);
    let (claimed, change) = claim_mail(&due, SERVER);
    assert_eq!((claimed.state, claimed.attempts), (MailState::Sending, 1));
    store.apply(change);
    assert_eq!(only_mail(&store), claimed, "as it is stored, with its version");
}

#[test]
fn a_mail_that_cannot_be_sent_now_waits_longer_each_time_and_is_told_once() {
    let (mut store, person) = MemoryStore::with_person();
    invited(&mut store, person, true);
    let busy = |words: &str| Attempt::Transient { reason: words.to_owned() };
    for (n, words, is_news) in [(1, "451 busy", true), (2, "451 busy", false), (3, "421 closing", true)] {
        let kinds = attempt(&mut store, person, busy(words));
        let mail = only_mail(&store);
        assert_eq!((mail.state, mail.attempts), (MailState::Queued, n));
        assert_eq!(mail.next_attempt_at, store.now.plus_seconds(retry_delay_s(n)));
        let told = kinds.iter().any(|kind| matches!(kind, EventKind::MailDelayed { reason, .. } if reason == words));
        assert_eq!(told, is_news, "{words}: {kinds:?}");
        let delivery = store.aggregate(person).invitation.unwrap().delivery;
        assert!(matches!(delivery, Delivery::Queued { trouble: Some(trouble), .. } if trouble == words));
    }
}

#[test]
fn a_mail_is_tried_again_until_its_last_attempt() {
    let (mut store, person) = MemoryStore::with_person();
    invited(&mut store, person, true);
    for n in 1..=MAX_ATTEMPTS {
        attempt(&mut store, person, Attempt::Transient { reason: "451 busy".to_owned() });
        let expected = if n < MAX_ATTEMPTS { MailState::Queued } else { MailState::Failed };
        assert_eq!(only_mail(&store).state, expected, "{n}");
    }
}

#[test]
fn a_mail_that_is_not_needed_any_more_is_removed() {
    let (mut store, person) = MemoryStore::with_person();
    invited(&mut store, person, true);
    let change = supersede_mail(&store.aggregate(person), &only_mail(&store), &store.context());
    store.apply(change);
    assert_eq!(only_mail(&store).state, MailState::Superseded);
}

#[test]
fn a_mail_may_be_sent_again_after_a_pause() {
    let (mut store, person) = MemoryStore::with_person();
    invited(&mut store, person, true);
    attempt(&mut store, person, Attempt::Sent { to: "ada@example.com".to_owned() });
    let sent_at = store.now;
    for (seconds, expected) in [(RESEND_PAUSE_S - 1, Err(Refusal::MailJustSent)), (RESEND_PAUSE_S, Ok(()))] {
        store.now = sent_at.plus_seconds(seconds);
        let (whole, context) = (store.aggregate(person), store.context());
        assert_eq!(resend(&whole, &mut store.ids, &context).map(drop), expected, "{seconds}");
    }
}

#[test]
fn looking_at_credentials_and_changing_a_person_leave_an_entry() {
    let (mut store, person) = MemoryStore::with_person();
    assert!(matches!(&store.journal[0].kind, EventKind::PersonAdded { email, .. } if email == "ada@example.com"));
    let invitation = invited(&mut store, person, false);
    let shown = record_credentials_shown(&store.aggregate(person), invitation, &store.context()).unwrap();
    assert_eq!(shown.events.iter().map(|event| &event.kind).collect::<Vec<_>>(), [&EventKind::CredentialsShown]);
    let changed = corrected(&mut store, person, "ada@example.org", OldCredentials::Replace);
    assert!(matches!(&changed.events[0].kind, EventKind::PersonChanged { email, .. } if email == "ada@example.org"));
}

/// Corrects the person's email.
fn corrected(
    store: &mut MemoryStore,
    person: PersonId,
    email: &str,
    old_credentials: OldCredentials,
) -> crate::journal::change::Change {
    let (whole, context) = (store.aggregate(person), store.context());
    let (name, locale) = (whole.person.name.clone(), whole.person.locale.clone());
    let correction = Correction { name, email: email.parse().unwrap(), locale, old_credentials };
    change_person(&whole, &correction, MemoryStore::sealed(), &mut store.ids, &context)
}

#[test]
fn only_a_mail_in_the_wrong_mailbox_makes_new_credentials() {
    let (mut store, person) = MemoryStore::with_person();
    let replaces =
        |store: &mut MemoryStore, email: &str, old| !corrected(store, person, email, old).credentials.is_empty();
    let other = "ada@example.org";
    assert!(!replaces(&mut store, other, OldCredentials::Replace), "nobody is invited");
    invited(&mut store, person, false);
    assert!(!replaces(&mut store, other, OldCredentials::Replace), "no mail was asked for");
    let invitation = invited(&mut store, person, true);
    assert!(replaces(&mut store, other, OldCredentials::Replace));
    assert!(!replaces(&mut store, other, OldCredentials::Keep));
    assert!(!replaces(&mut store, "ada@example.com", OldCredentials::Replace), "the same mailbox");
    let ended = deactivate(&store.aggregate(person), invitation, DeactivationReason::Manual, &store.context()).unwrap();
    store.apply(ended);
    assert!(!replaces(&mut store, other, OldCredentials::Replace), "they are void already");
}

#[test]
fn a_command_claims_its_device_though_nothing_of_it_changes() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    let (whole, context) = (store.aggregate_of(device), store.context());
    let (_, change) = request_command(&whole, device, CommandKind::Lock {}, &mut store.ids, &context).unwrap();
    assert_eq!(change.devices, whole.devices, "so that of this and a deletion at the same time one is decided again");
}

#[test]
fn a_device_that_enrolls_again_keeps_its_age_and_goes_to_the_invitation_it_used() {
    let (mut store, person) = MemoryStore::with_person();
    let first = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, first, 1);
    let begun = store.now;
    store.now = store.now.plus_seconds(3600);
    let rebound = |store: &MemoryStore| {
        store.journal.iter().filter(|entry| matches!(entry.kind, EventKind::DeviceRebound { .. })).count()
    };
    assert_eq!(enrolled(&mut store, person, first, 1), device);
    assert_eq!((store.devices[&device].created_at, rebound(&store)), (begun, 0));
    let second = invited(&mut store, person, false);
    assert_eq!(enrolled(&mut store, person, second, 1), device);
    assert_eq!((store.devices[&device].invitation_id, rebound(&store)), (second, 1));
    store.check();
}

#[test]
fn new_credentials_concern_the_devices_of_the_invitation_that_they_replace() {
    let (mut store, person) = MemoryStore::with_person();
    let first = invited(&mut store, person, false);
    let earlier = enrolled(&mut store, person, first, 5);
    let second = invited(&mut store, person, true);
    let later = enrolled(&mut store, person, second, 6);
    let change = corrected(&mut store, person, "ada@example.org", OldCredentials::Replace);
    store.apply(change);
    let third = store.aggregate(person).invitation.unwrap().id;
    assert_eq!([earlier, later].map(|id| store.devices[&id].invitation_id), [first, third]);
    store.check();
}

#[test]
fn rows_that_do_not_show_what_was_corrected_are_not_written() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    enrolled(&mut store, person, invitation, 1);
    let (whole, context) = (store.aggregate(person), store.context());
    let (name, email) = (whole.person.name.clone(), whole.person.email.clone());
    let correction =
        Correction { name, email, locale: Locale::parse("cs").unwrap(), old_credentials: OldCredentials::Replace };
    let change = change_person(&whole, &correction, MemoryStore::sealed(), &mut store.ids, &context);
    assert_eq!((change.people[0].locale.as_str(), change.slots), ("cs", vec![]));
}

#[test]
fn a_mail_that_is_set_aside_waits_and_has_not_been_tried() {
    let (mut store, person) = MemoryStore::with_person();
    invited(&mut store, person, true);
    let (claimed, change) = claim_mail(&only_mail(&store), SERVER);
    store.apply(change);
    let (again_at, entries) = (store.now.plus_seconds(600), store.journal.len());
    store.apply(set_mail_aside(&claimed, again_at));
    let mail = only_mail(&store);
    assert_eq!((mail.state, mail.attempts, mail.next_attempt_at), (MailState::Queued, 0, again_at));
    assert_eq!(store.journal.len(), entries, "its person cannot be read");
}
