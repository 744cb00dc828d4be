//! When an invitation stops, what it does until then, and what a device tells when it enrolls.

use super::{
    examples::{enrolled, invited},
    memory_store::MemoryStore,
};
use crate::{
    decide::{
        InvalidRequest, InviteOptions, Refusal, accept, deactivate, enroll, inactive_text, invite, invite_if_none,
        open, record_credentials_shown, record_fetch, resend,
    },
    device::{DeviceInfo, Ownership, Platform},
    invitation::{DeactivationReason, Invitation, InvitationState, OpenSignal},
    journal::EventKind,
    types::ids::{InvitationId, PersonId},
};

/// An invitation that ends in an hour.
fn ending(store: &mut MemoryStore, person: PersonId) -> InvitationId {
    let (whole, context) = (store.aggregate(person), store.context());
    let options = InviteOptions { send: false, expires_at: Some(store.now.plus_seconds(3600)) };
    let change = invite(&whole, options, MemoryStore::sealed(), &mut store.ids, &context).unwrap();
    store.apply(change);
    store.aggregate(person).invitation.unwrap().id
}

fn invitation(store: &MemoryStore, id: InvitationId) -> &Invitation {
    &store.invitations[&id]
}

/// What each use of an invitation is answered.
fn uses(store: &mut MemoryStore, person: PersonId, id: InvitationId) -> Vec<Result<(), Refusal>> {
    let (whole, context, enrollment) = (store.aggregate(person), store.context(), store.enrollment(id, 1));
    let (ownership, platform) = (Ownership::Company, Platform::Android);
    vec![
        enroll(&whole, &enrollment, &mut store.ids, &context).map(drop),
        resend(&whole, &mut store.ids, &context).map(drop),
        open(&whole, id, OpenSignal::Interaction, &context).map(drop),
        accept(&whole, id, ownership, platform, true, &context).map(drop),
        record_fetch(&whole, id, "browser", true, &context).map(drop),
        record_credentials_shown(&whole, id, &context).map(drop),
    ]
}

#[test]
fn an_invitation_does_everything_until_its_end_and_nothing_from_then_on() {
    let (mut store, person) = MemoryStore::with_person();
    let id = ending(&mut store, person);
    store.now = store.now.plus_seconds(3599);
    assert_eq!(uses(&mut store, person, id), vec![Ok(()); 6]);
    store.now = store.now.plus_seconds(1);
    let expired = Refusal::InvitationInactive(DeactivationReason::Expired);
    assert_eq!(uses(&mut store, person, id), vec![Err(expired); 6]);
}

#[test]
fn why_an_invitation_enrolls_nothing_is_told() {
    let (mut store, person) = MemoryStore::with_person();
    let id = ending(&mut store, person);
    let end = store.now.plus_seconds(3600);
    assert_eq!(invitation(&store, id).refusal(store.now), None);
    assert_eq!(invitation(&store, id).refusal(end), Some(DeactivationReason::Expired));
    store.apply(deactivate(&store.aggregate(person), id, DeactivationReason::Manual, &store.context()).unwrap());
    // That it was deactivated stays the reason after its end.
    assert_eq!(invitation(&store, id).refusal(end), Some(DeactivationReason::Manual));
    let texts =
        [DeactivationReason::Manual, DeactivationReason::Replaced, DeactivationReason::Expired].map(inactive_text);
    for (text, word) in texts.into_iter().zip(["deactivated", "newer", "expired"]) {
        assert!(text.contains(word), "{text}");
    }
    assert_eq!(InvitationState::Created.label(), "Not sent");
    assert_eq!(invitation(&store, id).state.label(), "Deactivated");
}

#[test]
fn an_invitation_cannot_end_before_it_begins() {
    let (mut store, person) = MemoryStore::with_person();
    let (whole, context) = (store.aggregate(person), store.context());
    let mut with_end = |expires_at| {
        let options = InviteOptions { send: false, expires_at: Some(expires_at) };
        invite(&whole, options, MemoryStore::sealed(), &mut store.ids, &context).map(drop)
    };
    assert_eq!(with_end(context.now), Err(InvalidRequest::ExpiryPast.into()));
    assert_eq!(with_end(context.now.plus_seconds(1)), Ok(()));
}

#[test]
fn somebody_with_an_active_invitation_is_not_invited_again_and_somebody_with_an_ended_one_is() {
    let (mut store, person) = MemoryStore::with_person();
    ending(&mut store, person);
    let again = |store: &mut MemoryStore| {
        let (whole, context) = (store.aggregate(person), store.context());
        invite_if_none(&whole, InviteOptions::default(), MemoryStore::sealed(), &mut store.ids, &context).map(drop)
    };
    assert_eq!(again(&mut store), Err(Refusal::AlreadyInvited));
    store.now = store.now.plus_seconds(3600);
    assert_eq!(again(&mut store), Ok(()));
}

#[test]
fn a_fetch_makes_an_entry_again_after_a_minute() {
    let (mut store, person) = MemoryStore::with_person();
    let id = invited(&mut store, person, false);
    let fetched = |store: &mut MemoryStore, seconds| {
        store.now = store.now.plus_seconds(seconds);
        let change = record_fetch(&store.aggregate(person), id, "scanner", true, &store.context()).unwrap();
        let entries = change.events.len();
        store.apply(change);
        entries
    };
    assert_eq!([0, 59, 1, 60].map(|seconds| fetched(&mut store, seconds)), [1, 0, 1, 1]);
    assert_eq!(invitation(&store, id).fetched_at, Some(store.now));
}

#[test]
fn opening_and_accepting_are_entries_once() {
    let (mut store, person) = MemoryStore::with_person();
    let id = invited(&mut store, person, false);
    let opened = open(&store.aggregate(person), id, OpenSignal::Interaction, &store.context()).unwrap();
    assert_eq!(opened.events[0].kind, EventKind::InvitationOpened { signal: OpenSignal::Interaction });
    store.apply(opened);
    assert_eq!(
        (invitation(&store, id).state, invitation(&store, id).opened_at),
        (InvitationState::Opened, Some(store.now))
    );
    assert!(open(&store.aggregate(person), id, OpenSignal::Accepted, &store.context()).unwrap().is_empty());
    let mut chosen = |platform| {
        let change =
            accept(&store.aggregate(person), id, Ownership::Company, platform, true, &store.context()).unwrap();
        let entries = change.events.len();
        store.apply(change);
        entries
    };
    let choices = [Platform::Android, Platform::Android, Platform::Ios];
    assert_eq!(choices.map(&mut chosen), [1, 0, 1]);
    assert_eq!(invitation(&store, id).acceptance.map(|a| a.platform), Some(Platform::Ios));
}

#[test]
fn what_a_device_tells_of_itself_is_kept_clean() {
    let (mut store, person) = MemoryStore::with_person();
    let id = invited(&mut store, person, false);
    let (whole, context, mut enrollment) = (store.aggregate(person), store.context(), store.enrollment(id, 1));
    enrollment.info = DeviceInfo {
        manufacturer: " Acme\n".to_owned(),
        model: "One\u{7}".to_owned(),
        os_version: "16".to_owned(),
        serial: Some("S1 ".to_owned()),
    };
    let (device, change) = enroll(&whole, &enrollment, &mut store.ids, &context).unwrap();
    let known = change.devices.iter().find(|known| known.id == device).unwrap();
    let info = |serial: Option<&str>| DeviceInfo {
        manufacturer: "Acme".to_owned(),
        model: "One".to_owned(),
        os_version: "16".to_owned(),
        serial: serial.map(str::to_owned),
    };
    assert_eq!(known.info, info(Some("S1")));
    let contacted = |kind: &EventKind| matches!(kind, EventKind::DeviceContacted { model, .. } if model == "Acme One");
    assert!(change.events.iter().any(|event| contacted(&event.kind)));
    // A serial number of nothing is none.
    enrollment.info.serial = Some(" \u{7}".to_owned());
    let (_, change) = enroll(&whole, &enrollment, &mut store.ids, &context).unwrap();
    assert_eq!(change.devices[0].info, info(None));
}

#[test]
fn a_device_that_was_deleted_since_enrolls_as_a_new_one() {
    let (mut store, person) = MemoryStore::with_person();
    let id = invited(&mut store, person, false);
    let first = enrolled(&mut store, person, id, 1);
    let mut enrollment = store.enrollment(id, 1);
    assert_eq!(enrollment.known_device, Some(first));
    let deleted = crate::decide::delete_device(&store.aggregate(person), first, &[], false, &store.context()).unwrap();
    store.apply(deleted);
    enrollment.known_device = Some(first);
    let (whole, context) = (store.aggregate(person), store.context());
    let (second, change) = enroll(&whole, &enrollment, &mut store.ids, &context).unwrap();
    assert_ne!(first, second);
    store.apply(change);
    store.check();
}
