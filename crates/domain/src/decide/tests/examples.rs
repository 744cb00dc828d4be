//! Single rules of the design, each by its own example.

use super::world::World;
use crate::{
    decide::{
        InviteOptions, Refusal, Thresholds, deactivate, delete_device, enroll, invite, record_attempt, record_fetch,
        record_inventory, record_progress, record_silence, record_state, renew_device, resend,
    },
    device::{DeviceState, EnrollmentStep},
    invitation::{DeactivationReason, Delivery, InvitationState},
    list::bulk::{BulkAction, NotApplicable},
    mail::{Attempt, MAX_ATTEMPTS, MailKind, MailState},
    protocol::{Inventory, ProgressReport, StateReport},
    slot::SlotStatus,
    types::ids::{DeviceId, InvitationId, PersonId, SlotId},
};

pub(super) fn invited(world: &mut World, person: PersonId, send: bool) -> InvitationId {
    let (whole, context) = (world.aggregate(person), world.context());
    let options = InviteOptions { send, expires_at: None };
    let change = invite(&whole, options, World::sealed(), &mut world.ids, &context).unwrap();
    world.apply(change);
    world.aggregate(person).invitation.unwrap().id
}

pub(super) fn enrolled(world: &mut World, person: PersonId, invitation: InvitationId, installation: u8) -> DeviceId {
    let (whole, context, enrollment) =
        (world.aggregate(person), world.context(), world.enrollment(invitation, installation));
    let (id, change) = enroll(&whole, &enrollment, &mut world.ids, &context).unwrap();
    world.apply(change);
    id
}

pub(super) fn progress(world: &mut World, device: DeviceId, step: EnrollmentStep, missing: &[&str]) {
    let missing = missing.iter().map(|&m| m.to_owned()).collect();
    let report = ProgressReport { step, percent: None, missing_permissions: Some(missing), error: None };
    let change = record_progress(&world.aggregate_of(device), device, &report, &world.context()).unwrap();
    world.apply(change);
}

pub(super) fn activated(world: &mut World, device: DeviceId) {
    let inventory = Inventory { schema_version: 1, groups: [].into() };
    let change =
        record_inventory(&world.aggregate_of(device), device, inventory, "tag".to_owned(), None, &world.context())
            .unwrap();
    world.apply(change);
    progress(world, device, EnrollmentStep::Done, &[]);
    assert_eq!(world.devices[&device].state, DeviceState::Active);
}

fn only_slot(world: &World) -> (SlotId, SlotStatus) {
    assert_eq!(world.slots.len(), 1);
    let (slot, row) = world.slots.values().next().unwrap();
    (slot.id, row.status)
}

#[test]
fn a_slot_keeps_its_identity_from_invitation_to_enrolled_device() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, true);
    let (slot, status) = only_slot(&world);
    assert_eq!(status, SlotStatus::Queued);
    let device = enrolled(&mut world, person, invitation, 1);
    assert_eq!(only_slot(&world), (slot, SlotStatus::Pending));
    progress(&mut world, device, EnrollmentStep::Permissions, &["location"]);
    assert_eq!(only_slot(&world), (slot, SlotStatus::Enrolling));
    activated(&mut world, device);
    assert_eq!(only_slot(&world), (slot, SlotStatus::Active));
}

#[test]
fn done_is_not_believed_while_something_is_missing() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let device = enrolled(&mut world, person, invitation, 1);
    progress(&mut world, device, EnrollmentStep::Done, &["location"]);
    assert_eq!(world.devices[&device].missing(), ["location", "technical information"]);
    assert_eq!(world.devices[&device].state, DeviceState::Enrolling);
}

#[test]
fn a_second_device_has_its_own_row() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let (first, second) = (enrolled(&mut world, person, invitation, 1), enrolled(&mut world, person, invitation, 2));
    assert!(first != second && world.slots.len() == 2);
}

#[test]
fn the_same_installation_is_the_same_device() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let first = enrolled(&mut world, person, invitation, 1);
    assert_eq!(enrolled(&mut world, person, invitation, 1), first);
    assert_eq!(world.slots.len(), 1);
}

#[test]
fn the_row_of_the_only_device_is_an_invitation_item_again_when_it_is_deleted() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let (slot, _) = only_slot(&world);
    let device = enrolled(&mut world, person, invitation, 1);
    let change = delete_device(&world.aggregate(person), device, &[], &world.context()).unwrap();
    world.apply(change);
    assert_eq!(only_slot(&world), (slot, SlotStatus::Opened));
}

#[test]
fn a_replaced_invitation_hands_its_row_over_and_enrolls_nothing() {
    let (mut world, person) = World::with_person();
    let old = invited(&mut world, person, false);
    let (slot, _) = only_slot(&world);
    let new = invited(&mut world, person, false);
    assert_eq!(only_slot(&world).0, slot);
    let replaced = world.invitations[&old].state;
    assert!(matches!(replaced, InvitationState::Deactivated { reason: DeactivationReason::Replaced, .. }));
    let (whole, context, enrollment) = (world.aggregate(person), world.context(), world.enrollment(old, 1));
    assert_eq!(enroll(&whole, &enrollment, &mut world.ids, &context).unwrap_err(), Refusal::NoActiveInvitation);
    enrolled(&mut world, person, new, 1);
}

#[test]
fn devices_outlive_their_invitation() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let device = enrolled(&mut world, person, invitation, 1);
    activated(&mut world, device);
    let change =
        deactivate(&world.aggregate(person), invitation, DeactivationReason::Manual, &world.context()).unwrap();
    world.apply(change);
    assert_eq!(only_slot(&world).1, SlotStatus::Active);
}

#[test]
fn a_dozen_fetches_make_one_entry_and_leave_the_state() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let entries = world.journal.len();
    for _ in 0..12 {
        let change = record_fetch(&world.aggregate(person), invitation, "scanner", &world.context()).unwrap();
        world.apply(change);
    }
    assert_eq!(world.journal.len(), entries + 1);
    assert_eq!(world.invitations[&invitation].state, InvitationState::Created);
}

#[test]
fn a_double_click_sends_one_mail() {
    let (mut world, person) = World::with_person();
    invited(&mut world, person, true);
    let (whole, context) = (world.aggregate(person), world.context());
    assert_eq!(resend(&whole, &mut world.ids, &context).unwrap_err(), Refusal::MailAlreadyQueued);
    let mail = world.mails.values().next().unwrap().clone();
    let change = record_attempt(&whole, &mail, Attempt::Sent { to: "ada@example.com".to_owned() }, &context);
    world.apply(change);
    let whole = world.aggregate(person);
    assert_eq!(resend(&whole, &mut world.ids, &context).unwrap_err(), Refusal::MailJustSent);
    world.now = world.now.plus_seconds(61);
    let context = world.context();
    assert!(resend(&whole, &mut world.ids, &context).is_ok());
}

#[test]
fn a_failed_delivery_stands_beside_the_state() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, true);
    let mail = world.mails.values().next().unwrap().clone();
    let refused = Attempt::Permanent { to: "ada@example.com".to_owned(), reason: "550 no such user".to_owned() };
    let change = record_attempt(&world.aggregate(person), &mail, refused, &world.context());
    world.apply(change);
    assert_eq!(world.invitations[&invitation].state, InvitationState::Queued);
    assert!(
        matches!(&world.invitations[&invitation].delivery, Delivery::Failed { reason, .. } if reason == "550 no such user")
    );
}

#[test]
fn a_mail_is_given_up_after_its_last_try() {
    let (mut world, person) = World::with_person();
    invited(&mut world, person, true);
    let mut mail = world.mails.values().next().unwrap().clone();
    mail.attempts = MAX_ATTEMPTS;
    let change = record_attempt(
        &world.aggregate(person),
        &mail,
        Attempt::Transient { reason: "451".to_owned() },
        &world.context(),
    );
    assert_eq!(change.mails[0].state, MailState::Failed);
}

#[test]
fn silence_and_lost_permissions_show_and_go_away() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let device = enrolled(&mut world, person, invitation, 1);
    activated(&mut world, device);
    world.now = world.now.plus_seconds(24 * 3600 + 1);
    let change = record_silence(&world.aggregate_of(device), device, Thresholds::default(), &world.context()).unwrap();
    world.apply(change);
    assert_eq!(only_slot(&world).1, SlotStatus::NotSynchronizing);
    for (seq, granted, expected) in [(1, false, SlotStatus::PermissionsLost), (2, true, SlotStatus::Active)] {
        let report =
            StateReport { seq, permissions: Some([("location".to_owned(), granted)].into()), ..StateReport::default() };
        let change = record_state(&world.aggregate_of(device), device, report, &world.context()).unwrap();
        world.apply(change);
        assert_eq!(only_slot(&world).1, expected);
    }
}

#[test]
fn an_enrollment_that_stops_is_pending_again() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let device = enrolled(&mut world, person, invitation, 1);
    progress(&mut world, device, EnrollmentStep::Admin, &["device_admin"]);
    world.now = world.now.plus_seconds(15 * 60 + 1);
    let change = record_silence(&world.aggregate_of(device), device, Thresholds::default(), &world.context()).unwrap();
    world.apply(change);
    assert_eq!(only_slot(&world).1, SlotStatus::Pending);
}

#[test]
fn a_late_heartbeat_changes_nothing() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let device = enrolled(&mut world, person, invitation, 1);
    activated(&mut world, device);
    for (seq, granted) in [(5, true), (4, false)] {
        let report = StateReport { seq, admin_active: Some(granted), ..StateReport::default() };
        let change = record_state(&world.aggregate_of(device), device, report, &world.context()).unwrap();
        world.apply(change);
    }
    assert_eq!(only_slot(&world).1, SlotStatus::Active);
}

#[test]
fn renew_makes_an_invitation_when_there_is_none_and_adds_no_row() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let device = enrolled(&mut world, person, invitation, 1);
    let change =
        deactivate(&world.aggregate(person), invitation, DeactivationReason::Manual, &world.context()).unwrap();
    world.apply(change);
    let (whole, context) = (world.aggregate(person), world.context());
    let change = renew_device(&whole, device, World::sealed(), &mut world.ids, &context).unwrap();
    world.apply(change);
    world.check();
    assert_eq!(world.slots.len(), 1);
    assert_eq!(world.mails.values().next().unwrap().kind, MailKind::Renew);
    let new = world.aggregate(person).invitation.unwrap().id;
    assert_eq!(enrolled(&mut world, person, new, 1), device);
    assert!(world.devices[&device].renewal.unwrap().answered_at.is_some());
}

#[test]
fn a_device_that_works_is_not_renewed() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let device = enrolled(&mut world, person, invitation, 1);
    activated(&mut world, device);
    let (whole, context) = (world.aggregate(person), world.context());
    assert_eq!(
        renew_device(&whole, device, World::sealed(), &mut world.ids, &context).unwrap_err(),
        Refusal::NothingToRenew
    );
}

#[test]
fn what_is_done_to_many_rows_is_for_items_or_for_devices() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let row = |world: &World| world.slots.values().next().unwrap().1.clone();
    let item = row(&world);
    enrolled(&mut world, person, invitation, 1);
    let device = row(&world);
    for (action, on_item, on_device) in [
        (BulkAction::Resend, Ok(()), Err(NotApplicable::ResendDevice)),
        (BulkAction::Deactivate, Ok(()), Err(NotApplicable::DeactivateDevice)),
        (BulkAction::Renew, Err(NotApplicable::RenewItem), Ok(())),
        (BulkAction::Delete, Err(NotApplicable::DeleteItem), Ok(())),
    ] {
        assert_eq!(
            (action.check_applicable(&item), action.check_applicable(&device)),
            (on_item, on_device),
            "{action}"
        );
    }
}
