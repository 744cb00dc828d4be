//! Single rules, each with an example.

use super::memory_store::MemoryStore;
use crate::{
    decide::{
        InviteOptions, Refusal, change_person, claim_mail, deactivate, delete_device, enroll, invite,
        invite_unless_recent, record_attempt, record_fetch, record_inventory, record_progress, record_state,
        renew_device, resend,
    },
    device::{DeviceState, EnrollmentStep},
    invitation::{DeactivationReason, Delivery, InvitationState, job::JUST_INVITED_S},
    list::bulk::{BulkAction, NotApplicable},
    mail::{Attempt, MAX_ATTEMPTS, MailKind, MailState},
    person::{Correction, OldCredentials},
    protocol::{Inventory, ProgressReport, StateReport},
    slot::SlotStatus,
    types::{
        hearing::Hearing,
        ids::{DeviceId, InvitationId, PersonId, ServerId, SlotId},
    },
};

pub(super) fn invited(store: &mut MemoryStore, person: PersonId, send: bool) -> InvitationId {
    let (whole, context) = (store.aggregate(person), store.context());
    let options = InviteOptions { send, expires_at: None };
    let change = invite(&whole, options, MemoryStore::sealed(), &mut store.ids, &context).unwrap();
    store.apply(change);
    store.aggregate(person).invitation.unwrap().id
}

pub(super) fn enrolled(
    store: &mut MemoryStore,
    person: PersonId,
    invitation: InvitationId,
    installation: u8,
) -> DeviceId {
    let (whole, context, enrollment) =
        (store.aggregate(person), store.context(), store.enrollment(invitation, installation));
    let (id, change) = enroll(&whole, &enrollment, &mut store.ids, &context).unwrap();
    store.apply(change);
    id
}

pub(super) fn progress(store: &mut MemoryStore, device: DeviceId, step: EnrollmentStep, missing: &[&str]) {
    let missing = missing.iter().map(|&m| m.to_owned()).collect();
    let report = ProgressReport { step, percent: None, missing_permissions: Some(missing), error: None };
    let change = record_progress(&store.aggregate_of(device), device, &report, &store.context()).unwrap();
    store.apply(change);
}

pub(super) fn activated(store: &mut MemoryStore, device: DeviceId) {
    let inventory = Inventory { schema_version: 1, collected_at: None, groups: [].into() };
    let change =
        record_inventory(&store.aggregate_of(device), device, inventory, "tag".to_owned(), None, &store.context())
            .unwrap();
    store.apply(change);
    progress(store, device, EnrollmentStep::Done, &[]);
    assert_eq!(store.devices[&device].state, DeviceState::Active);
}

fn only_slot(store: &MemoryStore) -> (SlotId, SlotStatus) {
    assert_eq!(store.slots.len(), 1);
    let (slot, row) = store.slots.values().next().unwrap();
    (slot.id, row.status)
}

#[test]
fn a_slot_keeps_its_identity_from_invitation_to_enrolled_device() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, true);
    let (slot, status) = only_slot(&store);
    assert_eq!(status, SlotStatus::Queued);
    let device = enrolled(&mut store, person, invitation, 1);
    assert_eq!(only_slot(&store), (slot, SlotStatus::Pending));
    progress(&mut store, device, EnrollmentStep::Permissions, &["location"]);
    assert_eq!(only_slot(&store), (slot, SlotStatus::Enrolling));
    activated(&mut store, device);
    assert_eq!(only_slot(&store), (slot, SlotStatus::Active));
}

#[test]
fn a_finished_device_stays_enrolling_while_something_is_missing() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    progress(&mut store, device, EnrollmentStep::Done, &["location"]);
    assert_eq!(store.devices[&device].missing(), ["location", "technical information"]);
    assert_eq!(store.devices[&device].state, DeviceState::Enrolling);
}

#[test]
fn a_second_device_has_its_own_row() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let (first, second) = (enrolled(&mut store, person, invitation, 1), enrolled(&mut store, person, invitation, 2));
    assert!(first != second && store.slots.len() == 2);
}

#[test]
fn the_same_installation_is_the_same_device() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let first = enrolled(&mut store, person, invitation, 1);
    assert_eq!(enrolled(&mut store, person, invitation, 1), first);
    assert_eq!(store.slots.len(), 1);
}

#[test]
fn deleting_the_only_device_turns_its_row_into_an_invitation_item() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let (slot, _) = only_slot(&store);
    let device = enrolled(&mut store, person, invitation, 1);
    let change = delete_device(&store.aggregate(person), device, &[], false, &store.context()).unwrap();
    store.apply(change);
    assert_eq!(only_slot(&store), (slot, SlotStatus::Opened));
}

#[test]
fn a_replaced_invitation_passes_its_row_on_and_enrolls_nothing() {
    let (mut store, person) = MemoryStore::with_person();
    let old = invited(&mut store, person, false);
    let (slot, _) = only_slot(&store);
    let new = invited(&mut store, person, false);
    assert_eq!(only_slot(&store).0, slot);
    let replaced = store.invitations[&old].state;
    assert!(matches!(replaced, InvitationState::Deactivated { reason: DeactivationReason::Replaced, .. }));
    let (whole, context, enrollment) = (store.aggregate(person), store.context(), store.enrollment(old, 1));
    assert_eq!(enroll(&whole, &enrollment, &mut store.ids, &context).unwrap_err(), Refusal::NoActiveInvitation);
    enrolled(&mut store, person, new, 1);
}

#[test]
fn devices_outlive_their_invitation() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    activated(&mut store, device);
    let change =
        deactivate(&store.aggregate(person), invitation, DeactivationReason::Manual, &store.context()).unwrap();
    store.apply(change);
    assert_eq!(only_slot(&store).1, SlotStatus::Active);
}

#[test]
fn a_dozen_fetches_make_one_entry_and_change_no_state() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let entries = store.journal.len();
    for _ in 0..12 {
        let change = record_fetch(&store.aggregate(person), invitation, "scanner", true, &store.context()).unwrap();
        store.apply(change);
    }
    assert_eq!(store.journal.len(), entries + 1);
    assert_eq!(store.invitations[&invitation].state, InvitationState::Created);
}

#[test]
fn a_double_click_sends_one_mail() {
    let (mut store, person) = MemoryStore::with_person();
    invited(&mut store, person, true);
    let (whole, context) = (store.aggregate(person), store.context());
    assert_eq!(resend(&whole, &mut store.ids, &context).unwrap_err(), Refusal::MailAlreadyQueued);
    let mail = store.mails.values().next().unwrap().clone();
    let change = record_attempt(&whole, &mail, Attempt::Sent { to: "ada@example.com".to_owned() }, &context);
    store.apply(change);
    store.check();
    let whole = store.aggregate(person);
    assert_eq!(resend(&whole, &mut store.ids, &context).unwrap_err(), Refusal::MailJustSent);
    store.now = store.now.plus_seconds(61);
    let context = store.context();
    assert!(resend(&whole, &mut store.ids, &context).is_ok());
}

#[test]
fn a_failed_delivery_does_not_change_the_state() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, true);
    let mail = store.mails.values().next().unwrap().clone();
    let refused = Attempt::Permanent { to: "ada@example.com".to_owned(), reason: "550 no such user".to_owned() };
    let change = record_attempt(&store.aggregate(person), &mail, refused, &store.context());
    store.apply(change);
    assert_eq!(store.invitations[&invitation].state, InvitationState::Queued);
    assert!(
        matches!(&store.invitations[&invitation].delivery, Delivery::Failed { reason, .. } if reason == "550 no such user")
    );
}

#[test]
fn a_mail_fails_after_its_last_attempt() {
    let (mut store, person) = MemoryStore::with_person();
    invited(&mut store, person, true);
    let mut mail = store.mails.values().next().unwrap().clone();
    mail.attempts = MAX_ATTEMPTS;
    let change = record_attempt(
        &store.aggregate(person),
        &mail,
        Attempt::Transient { reason: "451".to_owned() },
        &store.context(),
    );
    assert_eq!(change.mails[0].state, MailState::Failed);
}

#[test]
fn what_the_mail_server_has_against_us_uses_up_no_tries() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, true);
    let again_at = store.now.plus_seconds(900);
    for _ in 0..3 * MAX_ATTEMPTS {
        let (claimed, change) = claim_mail(store.mails.values().next().unwrap(), ServerId(uuid::Uuid::from_u128(7)));
        store.apply(change);
        let held = Attempt::Held { reason: Some("535 wrong password".to_owned()), again_at };
        let change = record_attempt(&store.aggregate(person), &claimed, held, &store.context());
        store.apply(change);
    }
    let mail = store.mails.values().next().unwrap();
    assert_eq!((mail.state, mail.attempts, mail.next_attempt_at), (MailState::Queued, 0, again_at));
    let delivery = &store.invitations[&invitation].delivery;
    assert!(matches!(delivery, Delivery::Queued { trouble: Some(reason), .. } if reason == "535 wrong password"));
}

#[test]
fn silence_and_lost_permissions_begin_and_end() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    activated(&mut store, device);
    store.now = store.now.plus_seconds(24 * 3600 + 1);
    store.record_silence(device, &Hearing::default());
    assert_eq!(only_slot(&store).1, SlotStatus::NotSynchronizing);
    store.check();
    for (seq, granted, expected) in [(1, false, SlotStatus::PermissionsLost), (2, true, SlotStatus::Active)] {
        let report =
            StateReport { seq, permissions: Some([("location".to_owned(), granted)].into()), ..StateReport::default() };
        let change = record_state(&store.aggregate_of(device), device, report, &store.context()).unwrap();
        store.apply(change);
        assert_eq!(only_slot(&store).1, expected);
    }
}

#[test]
fn an_enrollment_that_stops_is_pending_again() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    progress(&mut store, device, EnrollmentStep::Admin, &["device_admin"]);
    store.now = store.now.plus_seconds(15 * 60 + 1);
    store.record_silence(device, &Hearing::default());
    assert_eq!(only_slot(&store).1, SlotStatus::Pending);
}

#[test]
fn a_late_heartbeat_changes_nothing() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    activated(&mut store, device);
    for (seq, granted) in [(5, true), (4, false)] {
        let report = StateReport { seq, admin_active: Some(granted), ..StateReport::default() };
        let change = record_state(&store.aggregate_of(device), device, report, &store.context()).unwrap();
        store.apply(change);
    }
    assert_eq!(only_slot(&store).1, SlotStatus::Active);
}

#[test]
fn renewing_without_an_invitation_makes_one_and_adds_no_row() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    let change =
        deactivate(&store.aggregate(person), invitation, DeactivationReason::Manual, &store.context()).unwrap();
    store.apply(change);
    let (whole, context) = (store.aggregate(person), store.context());
    let change = renew_device(&whole, device, MemoryStore::sealed(), &mut store.ids, &context).unwrap();
    store.apply(change);
    store.check();
    assert_eq!(store.slots.len(), 1);
    assert_eq!(store.mails.values().next().unwrap().kind, MailKind::Renew);
    let new = store.aggregate(person).invitation.unwrap().id;
    assert_eq!(enrolled(&mut store, person, new, 1), device);
    assert!(store.devices[&device].renewal.unwrap().answered_at.is_some());
}

#[test]
fn an_active_device_is_not_renewed() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    activated(&mut store, device);
    let (whole, context) = (store.aggregate(person), store.context());
    assert_eq!(
        renew_device(&whole, device, MemoryStore::sealed(), &mut store.ids, &context).unwrap_err(),
        Refusal::NothingToRenew
    );
}

#[test]
fn each_bulk_action_applies_to_invitation_items_or_to_devices() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let row = |store: &MemoryStore| store.slots.values().next().unwrap().1.clone();
    let item = row(&store);
    enrolled(&mut store, person, invitation, 1);
    let device = row(&store);
    for (action, on_item, on_device) in [
        (BulkAction::Resend, Ok(()), Err(NotApplicable::ResendDevice)),
        (BulkAction::Deactivate, Ok(()), Err(NotApplicable::DeactivateDevice)),
        (BulkAction::Renew, Err(NotApplicable::RenewItem), Ok(())),
        (BulkAction::Locate, Err(NotApplicable::CommandItem), Ok(())),
        (BulkAction::Lock, Err(NotApplicable::CommandItem), Ok(())),
        (BulkAction::Delete, Err(NotApplicable::DeleteItem), Ok(())),
    ] {
        assert_eq!(
            (action.check_applicable(&item), action.check_applicable(&device)),
            (on_item, on_device),
            "{action}"
        );
    }
}

#[test]
fn only_rows_that_changed_are_written() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    for installation in 1..=3 {
        enrolled(&mut store, person, invitation, installation);
    }
    let (whole, context, enrollment) = (store.aggregate(person), store.context(), store.enrollment(invitation, 4));
    let (_, fourth) = enroll(&whole, &enrollment, &mut store.ids, &context).unwrap();
    assert_eq!((fourth.slots.len(), fourth.devices.len(), fourth.invitations.len()), (1, 1, 0));
    let device = whole.devices[0].id;
    let deleted = delete_device(&whole, device, &[], false, &context).unwrap();
    assert_eq!((deleted.slots.len(), deleted.closed_slots.len(), deleted.devices.len()), (0, 1, 1));
    // The person's name and the invitation's end are shown by every row.
    let (name, p) = ("Ada Other".parse().unwrap(), whole.person.clone());
    let correction = Correction { name, email: p.email, locale: p.locale, old_credentials: OldCredentials::Replace };
    let renamed = change_person(&whole, &correction, MemoryStore::sealed(), &mut store.ids, &context);
    assert_eq!((renamed.slots.len(), renamed.devices.len()), (3, 0));
    let ended = deactivate(&whole, invitation, DeactivationReason::Manual, &context).unwrap();
    assert_eq!((ended.slots.len(), ended.invitations.len()), (3, 1));
}

#[test]
fn a_list_of_people_replaces_no_invitation_that_was_just_made_or_mailed() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, true);
    let again = |store: &mut MemoryStore| {
        let (whole, context) = (store.aggregate(person), store.context());
        let options = InviteOptions { send: true, expires_at: None };
        let change = invite_unless_recent(&whole, options, MemoryStore::sealed(), &mut store.ids, &context)?;
        store.apply(change);
        Ok(())
    };
    let mut mail = store.mails.values().next().unwrap().clone();
    store.now = store.now.plus_seconds(JUST_INVITED_S - 1);
    assert_eq!(again(&mut store), Err(Refusal::AlreadyInvited));
    // It was made long ago and mailed just now.
    mail.attempts += 1;
    let sent = Attempt::Sent { to: "ada@example.com".to_owned() };
    let change = record_attempt(&store.aggregate(person), &mail, sent, &store.context());
    store.apply(change);
    store.now = store.now.plus_seconds(JUST_INVITED_S - 1);
    assert_eq!(again(&mut store), Err(Refusal::AlreadyInvited));
    assert_eq!(store.aggregate(person).invitation.unwrap().id, invitation);
    store.now = store.now.plus_seconds(1);
    assert_eq!(again(&mut store), Ok(()));
    assert_ne!(store.aggregate(person).invitation.unwrap().id, invitation);
    // One that ended is no reason to leave anybody out.
    let active = store.aggregate(person).invitation.unwrap().id;
    let ended = deactivate(&store.aggregate(person), active, DeactivationReason::Manual, &store.context());
    store.apply(ended.unwrap());
    assert_eq!(again(&mut store), Ok(()));
}
