//! What a device's own reports change, and what they leave as it is.

use super::{
    device_fixture::DeviceFixture,
    examples::{activated, enrolled, invited, progress},
    memory_store::MemoryStore,
};
use crate::{
    Timestamp,
    decide::{record_contact, record_inventory, record_progress, record_used_secret, renew_device, rotate_secret},
    device::{AgentError, DeviceState, EnrollmentStep},
    journal::{
        EventKind,
        change::{Change, KeyedHash},
    },
    protocol::{Inventory, ProgressReport, StateReport},
    types::ids::DeviceId,
    views::StoredInventory,
};
use std::collections::BTreeMap;

/// Groups of one fact each.
fn inventory(collected_at: Option<Timestamp>, groups: &[(&str, u32)]) -> Inventory {
    let group = |&(name, value): &(&str, u32)| (name.to_owned(), [("fact".to_owned(), value.into())].into());
    Inventory { schema_version: 1, collected_at, groups: groups.iter().map(group).collect() }
}

impl DeviceFixture {
    fn inventory(&self, inventory: Inventory, etag: &str, known: &StoredInventory) -> Change {
        let (aggregate, context) = (self.store.aggregate_of(self.device), self.store.context());
        record_inventory(&aggregate, self.device, inventory, etag.to_owned(), Some(known), &context).unwrap()
    }

    fn device_state(&self) -> DeviceState {
        self.store.devices[&self.device].state
    }
}

#[test]
fn an_inventory_that_was_collected_before_the_stored_one_counts_as_contact_only() {
    let mut fixture = DeviceFixture::new();
    let collected = fixture.store.now.plus_seconds(-600);
    let stored = inventory(Some(collected), &[("system", 1)]);
    let known = StoredInventory { etag: "1".to_owned(), at: collected, inventory: stored, since: BTreeMap::new() };
    fixture.store.now = fixture.store.now.plus_seconds(60);
    for (at, is_taken) in [
        (Some(collected.plus_seconds(-1)), false),
        (Some(collected), true),
        (Some(collected.plus_seconds(1)), true),
        (None, true),
    ] {
        let change = fixture.inventory(inventory(at, &[("system", 2)]), "2", &known);
        assert_eq!(
            (change.inventories.len(), change.confirmed_inventories.len()),
            (usize::from(is_taken), 0),
            "{at:?}"
        );
        assert_eq!(change.contacts, [(fixture.device, fixture.store.now)]);
    }
}

#[test]
fn an_inventory_that_is_as_it_was_is_not_written_again() {
    let fixture = DeviceFixture::new();
    let now = fixture.store.now;
    let collected = Some(now.plus_seconds(-600));
    let stored = inventory(collected, &[("system", 1)]);
    let known = StoredInventory { etag: "1".to_owned(), at: now, inventory: stored, since: BTreeMap::new() };
    for (at, etag, is_known) in [(collected, "1", true), (collected, "2", false), (Some(now), "1", false)] {
        let change = fixture.inventory(inventory(at, &[("system", 1)]), etag, &known);
        let confirmed = if is_known { vec![(fixture.device, now)] } else { Vec::new() };
        assert_eq!(change.confirmed_inventories, confirmed, "{etag}");
        assert_eq!(change.inventories.is_empty(), is_known, "{etag}");
    }
}

#[test]
fn each_group_of_facts_is_known_to_be_so_since_it_changed() {
    let fixture = DeviceFixture::new();
    let now = fixture.store.now;
    let (long_ago, received) = (now.plus_seconds(-9000), now.plus_seconds(-600));
    let stored = inventory(None, &[("changed", 1), ("same", 1), ("untimed", 1)]);
    let since = ["changed", "same"].map(|group| (group.to_owned(), long_ago)).into();
    let known = StoredInventory { etag: "1".to_owned(), at: received, inventory: stored, since };
    let groups = [("changed", 2), ("same", 1), ("untimed", 1), ("new", 1)];
    let change = fixture.inventory(inventory(None, &groups), "2", &known);
    let expected = [("changed", now), ("same", long_ago), ("untimed", received), ("new", now)];
    assert_eq!(change.inventories[0].since, expected.map(|(group, at)| (group.to_owned(), at)).into());
}

#[test]
fn a_heartbeat_that_comes_twice_counts_once() {
    let mut fixture = DeviceFixture::new();
    fixture.heartbeat(5, StateReport::default());
    for (seq, reports) in [(4, 0), (5, 0), (6, 1)] {
        let report = StateReport { seq, ..StateReport::default() };
        let (aggregate, context) = (fixture.store.aggregate_of(fixture.device), fixture.store.context());
        let change = crate::decide::record_state(&aggregate, fixture.device, report, &context).unwrap();
        assert_eq!(change.reports.len(), reports, "{seq}");
    }
}

#[test]
fn a_new_secret_is_stored_with_an_entry_and_answers_a_renewal() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    let (whole, context) = (store.aggregate(person), store.context());
    let change = renew_device(&whole, device, MemoryStore::sealed(), &mut store.ids, &context).unwrap();
    store.apply(change);
    let secret = KeyedHash([4; 32]);
    let change = rotate_secret(&store.aggregate_of(device), device, secret, &store.context()).unwrap();
    assert_eq!(change.secrets, [(device, secret)]);
    assert_eq!(change.events.last().map(|entry| &entry.kind), Some(&EventKind::SecretRotated));
    store.apply(change);
    assert_eq!(store.devices[&device].renewal.unwrap().answered_at, Some(store.now));
    assert_eq!(
        record_used_secret(device, secret),
        Change { used_secrets: vec![(device, secret)], ..Change::default() }
    );
}

/// Reports a step, and returns what it added to the journal.
fn entries(store: &mut MemoryStore, device: DeviceId, missing: &[&str], error: Option<&str>) -> Vec<EventKind> {
    let error = error.map(|code| AgentError { code: code.to_owned(), message: String::new() });
    let missing_permissions = Some(missing.iter().map(|&name| name.to_owned()).collect());
    let report = ProgressReport { step: EnrollmentStep::Permissions, percent: None, missing_permissions, error };
    let change = record_progress(&store.aggregate_of(device), device, &report, &store.context()).unwrap();
    let kinds = change.events.iter().map(|entry| entry.kind.clone()).collect();
    store.apply(change);
    kinds
}

#[test]
fn an_enrollment_makes_an_entry_when_something_about_it_is_new() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    let progressed = |missing: &[&str], code: Option<&str>| EventKind::EnrollmentProgressed {
        step: EnrollmentStep::Permissions,
        missing: missing.iter().map(|&name| name.to_owned()).collect(),
        error: code.map(|code| AgentError { code: code.to_owned(), message: String::new() }),
    };
    let first = entries(&mut store, device, &["location"], None);
    assert_eq!(first, [progressed(&["location"], None), EventKind::EnrollmentBegan]);
    assert_eq!(entries(&mut store, device, &["location"], None), []);
    assert_eq!(entries(&mut store, device, &["location"], Some("x")), [progressed(&["location"], Some("x"))]);
    assert_eq!(entries(&mut store, device, &[], Some("x")), [progressed(&[], Some("x"))]);
    // An enrolled device does not enroll any more, whatever it reports.
    activated(&mut store, device);
    let lost = EventKind::PermissionsLost { missing: vec!["location".to_owned()] };
    assert_eq!(entries(&mut store, device, &["location"], None), [lost]);
}

#[test]
fn a_device_that_said_nothing_but_hello_has_not_begun() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    let change = record_contact(&store.aggregate_of(device), device, &store.context()).unwrap();
    store.apply(change);
    progress(&mut store, device, EnrollmentStep::Contacted, &[]);
    assert_eq!(store.devices[&device].state, DeviceState::Pending);
    assert_eq!(store.devices[&device].enrolled_at, None);
    // Technical information is more than hello.
    let change = record_inventory(
        &store.aggregate_of(device),
        device,
        inventory(None, &[]),
        "1".to_owned(),
        None,
        &store.context(),
    );
    store.apply(change.unwrap());
    assert_eq!((store.devices[&device].state, store.devices[&device].enrolled_at), (DeviceState::Enrolling, None));
    store.now = store.now.plus_seconds(60);
    activated(&mut store, device);
    assert_eq!(store.devices[&device].enrolled_at, Some(store.now));
}

#[test]
fn an_active_device_that_lacks_nothing_stays_active_without_an_entry() {
    let mut fixture = DeviceFixture::new();
    let entries = fixture.store.journal.len();
    for seq in 1..=3 {
        fixture.heartbeat(seq, StateReport { admin_active: Some(true), ..StateReport::default() });
        assert_eq!(fixture.device_state(), DeviceState::Active);
    }
    assert_eq!(fixture.store.journal.len(), entries);
}

#[test]
fn a_device_that_still_lacks_something_stays_as_it_is_without_an_entry() {
    let mut fixture = DeviceFixture::new();
    fixture.heartbeat(1, StateReport { admin_active: Some(false), ..StateReport::default() });
    let entries = fixture.store.journal.len();
    for seq in 2..=3 {
        fixture.heartbeat(seq, StateReport { admin_active: Some(false), ..StateReport::default() });
        assert_eq!(fixture.device_state(), DeviceState::PermissionsLost);
    }
    assert_eq!(fixture.store.journal.len(), entries);
}

#[test]
fn whether_the_agent_administers_the_device_is_said_in_one_of_two_places() {
    let permission = |granted| Some(BTreeMap::from([("device_admin".to_owned(), granted)]));
    for (admin_active, permissions, is_missing) in [
        (Some(true), None, false),
        (Some(false), None, true),
        (None, permission(false), true),
        (None, permission(true), false),
        (Some(false), permission(true), true),
        (Some(true), permission(false), false),
        (None, None, false),
    ] {
        let mut fixture = DeviceFixture::new();
        fixture.heartbeat(1, StateReport { admin_active, permissions: permissions.clone(), ..StateReport::default() });
        let missing = &fixture.store.devices[&fixture.device].missing_permissions;
        assert_eq!(missing.is_empty(), !is_missing, "{admin_active:?} {permissions:?}");
    }
}
