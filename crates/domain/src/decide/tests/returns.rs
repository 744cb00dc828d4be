//! Devices that come back as other devices, that are wiped, or that were silent while the server was not there.

use super::{
    device_fixture::DeviceFixture,
    examples::{activated, enrolled, invited, progress},
    memory_store::MemoryStore,
};
use crate::{
    Timestamp,
    decide::{
        ERASED_AFTER_S, Refusal, Thresholds, delete_device, note_twin, record_contact, record_inventory,
        record_silence, renew_device, replace_same_hardware, request_command, unenroll,
    },
    device::{
        Device, DeviceState, EnrollmentStep,
        command::{Command, CommandKind, CommandState},
    },
    journal::EventKind,
    protocol::{Inventory, ResultStatus},
    slot::attention::{Attention, Cause, attention},
    types::{
        hearing::Hearing,
        ids::{DeviceId, InvitationId, PersonId},
    },
};

const WIPE: CommandKind = CommandKind::Wipe { external: false };

impl MemoryStore {
    pub(super) fn open_commands(&self, device: DeviceId) -> Vec<Command> {
        self.commands.values().filter(|c| c.device_id == device && !c.state.is_final()).cloned().collect()
    }

    /// The sweeper looks at a device.
    pub(super) fn record_silence(&mut self, id: DeviceId, hearing: &Hearing) {
        let (aggregate, open) = (self.aggregate_of(id), self.open_commands(id));
        let change = record_silence(&aggregate, id, &open, Thresholds::default(), hearing, &self.context()).unwrap();
        self.apply(change);
    }

    /// What follows when a device says which hardware it is.
    pub(super) fn recognise(&mut self, person: PersonId, id: DeviceId) {
        let open: Vec<_> = self.commands.values().filter(|command| !command.state.is_final()).cloned().collect();
        let change = replace_same_hardware(&self.aggregate(person), id, &open, &self.context()).unwrap();
        self.apply(change);
    }

    /// Compares a device with all others.
    pub(super) fn note_twins(&mut self, id: DeviceId) {
        let device = self.devices[&id].clone();
        let is_twin = |other: &&Device| {
            other.id != id && other.deleted_at.is_none() && other.state.is_in_use() && other.is_same_hardware(&device)
        };
        let twin = self.devices.values().find(is_twin).cloned();
        let change = note_twin(&self.aggregate_of(id), id, twin.as_ref(), &self.context()).unwrap();
        self.apply(change);
    }

    fn contact(&mut self, id: DeviceId) {
        let change = record_contact(&self.aggregate_of(id), id, &self.context()).unwrap();
        self.apply(change);
    }

    fn state(&self, id: DeviceId) -> DeviceState {
        self.devices[&id].state
    }

    fn attention(&self, id: DeviceId) -> Option<Cause> {
        let (_, row) = &self.slots[&self.devices[&id].slot_id];
        attention(row, self.now).map(|Attention { cause, .. }| cause)
    }
}

/// A person whose active phone was reset to factory settings and enrolled again.
fn reset() -> (MemoryStore, PersonId, InvitationId, [DeviceId; 2]) {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let old = enrolled(&mut store, person, invitation, 0);
    activated(&mut store, old);
    store.now = store.now.plus_seconds(3600);
    let new = enrolled(&mut store, person, invitation, 1);
    (store, person, invitation, [old, new])
}

#[test]
fn the_same_hardware_of_the_same_person_replaces_the_older_device() {
    let (mut store, person, _, [old, new]) = reset();
    let ring = ask(&mut store, old, CommandKind::Ring { seconds: 1 });
    store.recognise(person, new);
    store.check();
    assert_eq!((store.state(old), store.state(new)), (DeviceState::Replaced, DeviceState::Pending));
    assert_eq!(store.devices[&old].relatives.replaced_by.map(|newer| newer.device_id), Some(new));
    assert_eq!(store.devices[&new].relatives.replaces.map(|earlier| earlier.device_id), Some(old));
    assert_eq!(store.commands[&ring].state, CommandState::Cancelled, "nobody will ask for it any more");
    assert_eq!(store.attention(old), None);
    let kinds: Vec<_> = store.journal.iter().map(|entry| (entry.device_id, &entry.kind)).collect();
    assert!(kinds.contains(&(Some(old), &EventKind::DeviceReplaced { by: new })));
    assert!(kinds.contains(&(Some(new), &EventKind::DeviceRecognised { earlier: old })));
    let entries = store.journal.len();
    store.recognise(person, new);
    assert_eq!(store.journal.len(), entries, "once");
    let refused = |decided: Result<_, Refusal>| assert_eq!(decided.map(drop), Err(Refusal::DeviceReplaced));
    let context = store.context();
    refused(renew_device(&store.aggregate(person), old, MemoryStore::sealed(), &mut store.ids, &context));
    refused(
        request_command(&store.aggregate_of(old), old, CommandKind::Lock {}, &mut store.ids, &context)
            .map(|(_, change)| change),
    );
}

fn ask(store: &mut MemoryStore, device: DeviceId, kind: CommandKind) -> crate::types::ids::CommandId {
    let (aggregate, context) = (store.aggregate_of(device), store.context());
    let (command, change) = request_command(&aggregate, device, kind, &mut store.ids, &context).unwrap();
    store.apply(change);
    command.id
}

#[test]
fn a_replaced_device_that_is_in_contact_is_in_use_and_both_rows_say_so() {
    let (mut store, person, _, [old, new]) = reset();
    store.recognise(person, new);
    store.contact(old);
    assert_eq!((store.state(old), store.attention(old)), (DeviceState::Active, Some(Cause::SeenTwice)));
    let found = EventKind::SameHardwareFound { twin: new };
    assert_eq!(store.journal.last().map(|entry| (entry.device_id, &entry.kind)), Some((Some(old), &found)));
    store.note_twins(new);
    assert_eq!(store.attention(new), Some(Cause::SeenTwice));
    assert_eq!(store.devices[&new].relatives.replaces, None);
    // They do not push each other out of the list from now on.
    store.recognise(person, new);
    store.recognise(person, old);
    store.check();
    assert_eq!((store.state(old), store.state(new)), (DeviceState::Active, DeviceState::Pending));
    // When one of them leaves, there is nothing to say of the other.
    let change = unenroll(&store.aggregate_of(new), new, &[], &store.context()).unwrap();
    store.apply(change);
    store.note_twins(old);
    assert_eq!(store.attention(old), None);
    assert_eq!(store.journal.last().map(|entry| &entry.kind), Some(&EventKind::SameHardwareGone));
}

#[test]
fn nobody_ends_what_protects_a_lost_phone_by_enrolling_another_one_with_its_number() {
    let lost = CommandKind::LostMode(crate::device::lost::LostText { message: "Call.".to_owned(), phone: None });
    for kind in [WIPE, CommandKind::Lock {}, lost] {
        let (mut store, person, _, [old, new]) = reset();
        let asked = ask(&mut store, old, kind);
        store.recognise(person, new);
        assert_eq!((store.state(old), store.commands[&asked].state), (DeviceState::Active, CommandState::Requested));
        store.note_twins(old);
        assert_eq!(store.attention(old), Some(Cause::SeenTwice));
    }
}

#[test]
fn the_device_of_another_person_is_not_touched() {
    let (mut store, person, _, [old, new]) = reset();
    // As if the older one belonged to somebody else.
    let mut aggregate = store.aggregate(person);
    aggregate.devices.retain(|device| device.id == new);
    assert!(replace_same_hardware(&aggregate, new, &[], &store.context()).unwrap().is_empty());
    store.note_twins(old);
    store.note_twins(new);
    assert_eq!([old, new].map(|id| store.attention(id)), [Some(Cause::SeenTwice); 2]);
    let entries = store.journal.len();
    store.note_twins(old);
    assert_eq!(store.journal.len(), entries, "once");
}

#[test]
fn a_device_goes_with_the_one_that_replaced_it() {
    let (mut store, person, invitation, [old, new]) = reset();
    store.recognise(person, new);
    let change = delete_device(&store.aggregate(person), new, &[], false, &store.context()).unwrap();
    store.apply(change);
    store.check();
    assert!([old, new].iter().all(|id| store.devices[id].deleted_at.is_some()));
    let (slot, row) = store.slots.values().next().unwrap();
    assert_eq!((store.slots.len(), slot.invitation_id, row.device.is_none()), (1, invitation, true));
    // The other way round, the newer one only forgets it.
    let (mut store, person, _, [old, new]) = reset();
    store.recognise(person, new);
    let change = delete_device(&store.aggregate(person), old, &[], false, &store.context()).unwrap();
    store.apply(change);
    store.check();
    assert_eq!((store.devices[&new].deleted_at, store.devices[&new].relatives.replaces), (None, None));
}

#[test]
fn technical_information_tells_serial_number_and_imei() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let ids = [7, 8].map(|installation| enrolled(&mut store, person, invitation, installation));
    let facts = |imei: serde_json::Value| [("imei_2".to_owned(), imei)].into();
    for (id, imei) in
        ids.into_iter().zip([serde_json::json!("490154203237518"), serde_json::json!(490_154_203_237_518_u64)])
    {
        store.now = store.now.plus_seconds(1);
        let inventory =
            Inventory { schema_version: 1, collected_at: None, groups: [("network".to_owned(), facts(imei))].into() };
        let change =
            record_inventory(&store.aggregate_of(id), id, inventory, "tag".to_owned(), None, &store.context()).unwrap();
        store.apply(change);
    }
    store.recognise(person, ids[1]);
    store.check();
    assert_eq!(store.state(ids[0]), DeviceState::Replaced);
}

#[test]
fn a_completed_wipe_ends_in_wiped_and_nothing_stays_open() {
    let mut fixture = DeviceFixture::new();
    let (wipe, ring) = (fixture.request(WIPE).unwrap(), fixture.request(CommandKind::Ring { seconds: 1 }).unwrap());
    let row = |fixture: &DeviceFixture| fixture.store.slots.values().next().unwrap().1.device.clone().unwrap();
    assert!(row(&fixture).wipe_requested_at.is_some());
    fixture.answer(wipe, ResultStatus::Completed).unwrap();
    fixture.store.check();
    assert_eq!(fixture.store.state(fixture.device), DeviceState::Wiped);
    assert_eq!((fixture.state(wipe), fixture.state(ring)), (CommandState::Completed, CommandState::Cancelled));
    assert_eq!(row(&fixture).wipe_requested_at, None);
    assert_eq!(fixture.request(CommandKind::Lock {}), Err(Refusal::DeviceWiped));
    // It may still ask for commands while it erases itself. Later, it was not erased.
    let (device, wiped_at) = (fixture.device, fixture.store.now);
    for (seconds, state) in [(600, DeviceState::Wiped), (601, DeviceState::Active)] {
        fixture.store.now = wiped_at.plus_seconds(seconds);
        fixture.store.contact(device);
        fixture.store.check();
        assert_eq!(fixture.store.state(device), state, "after {seconds} s");
    }
}

#[test]
fn a_device_that_acknowledged_a_wipe_and_is_not_heard_again_is_wiped() {
    let mut fixture = DeviceFixture::new();
    let (wipe, lock) = (fixture.request(WIPE).unwrap(), fixture.request(CommandKind::Lock {}).unwrap());
    fixture.answer(wipe, ResultStatus::Acknowledged).unwrap();
    let (device, begin) = (fixture.device, fixture.store.now);
    for (seconds, state) in [(ERASED_AFTER_S, DeviceState::Active), (ERASED_AFTER_S + 1, DeviceState::Wiped)] {
        fixture.store.now = begin.plus_seconds(seconds);
        fixture.store.record_silence(device, &Hearing::default());
        assert_eq!(fixture.store.state(device), state, "after {seconds} s");
    }
    fixture.store.check();
    assert_eq!((fixture.state(wipe), fixture.state(lock)), (CommandState::Completed, CommandState::Cancelled));
}

#[test]
fn a_wipe_that_the_device_could_not_carry_out_changes_nothing() {
    for end in [ResultStatus::Error, ResultStatus::NotNow] {
        let mut fixture = DeviceFixture::new();
        let wipe = fixture.request(WIPE).unwrap();
        fixture.answer(wipe, ResultStatus::Acknowledged).unwrap();
        fixture.answer(wipe, end).unwrap();
        let is_pending = fixture.store.devices[&fixture.device].wipe.is_some();
        assert_eq!(is_pending, end == ResultStatus::NotNow);
        assert_eq!(fixture.store.state(fixture.device), DeviceState::Active);
    }
}

#[test]
fn a_device_with_a_pending_wipe_is_deleted_only_when_that_is_said() {
    let mut fixture = DeviceFixture::new();
    let wipe = fixture.request(WIPE).unwrap();
    let (store, device) = (&fixture.store, fixture.device);
    let (whole, open) = (store.aggregate_of(device), store.open_commands(device));
    assert_eq!(delete_device(&whole, device, &open, false, &store.context()), Err(Refusal::WipePending));
    let decided = delete_device(&whole, device, &open, true, &store.context());
    fixture.apply(decided).unwrap();
    assert_eq!(fixture.state(wipe), CommandState::Cancelled);
}

/// The server is there for an hour, and again from `back` on; all in seconds from the beginning.
fn away_until(begin: Timestamp, back: i64, until: i64) -> Hearing {
    let mut hearing = Hearing::default();
    for second in (0..=3600).step_by(60).chain((back..=until).step_by(60)) {
        hearing.note(begin.plus_seconds(second));
    }
    hearing
}

#[test]
fn silence_counts_only_while_the_server_was_there_to_hear() {
    let stalled = Thresholds::default().stalled_after_s;
    let (mut store, person) = MemoryStore::with_person();
    let begin = store.now;
    store.now = begin.plus_seconds(3600);
    let invitation = invited(&mut store, person, false);
    let [enrolling, active] = [1, 2].map(|installation| enrolled(&mut store, person, invitation, installation));
    progress(&mut store, enrolling, EnrollmentStep::Permissions, &["location"]);
    activated(&mut store, active);
    let back = 3600 + 40 * 3600;
    // The server was down for 40 hours: nobody could be in contact.
    for (after, states) in [
        (0, (DeviceState::Enrolling, DeviceState::Active)),
        (stalled, (DeviceState::Enrolling, DeviceState::Active)),
        (stalled + 60, (DeviceState::Pending, DeviceState::Active)),
        (24 * 3600 + 60, (DeviceState::Pending, DeviceState::NotSynchronizing)),
    ] {
        store.now = begin.plus_seconds(back + after);
        let hearing = away_until(begin, back, back + after);
        for id in [enrolling, active] {
            store.record_silence(id, &hearing);
        }
        assert_eq!((store.state(enrolling), store.state(active)), states, "{after} s after the server came back");
    }
}

#[test]
fn an_enrollment_of_known_hardware_keeps_its_name() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    let was_enrolled =
        |store: &MemoryStore| store.slots.values().next().unwrap().1.device.as_ref().unwrap().was_enrolled;
    assert!(!was_enrolled(&store));
    activated(&mut store, device);
    for _ in 0..2 {
        enrolled(&mut store, person, invitation, 1);
        assert_eq!((store.state(device), was_enrolled(&store)), (DeviceState::Pending, true));
    }
}

#[test]
fn a_device_is_silent_when_it_was_not_heard_for_longer_than_the_threshold() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let [enrolling, active] = [1, 2].map(|installation| enrolled(&mut store, person, invitation, installation));
    progress(&mut store, enrolling, EnrollmentStep::Permissions, &["location"]);
    activated(&mut store, active);
    let (begin, thresholds) = (store.now, Thresholds::default());
    for (id, seconds, state, later) in [
        (enrolling, thresholds.stalled_after_s, DeviceState::Enrolling, DeviceState::Pending),
        (active, thresholds.silent_after_s, DeviceState::Active, DeviceState::NotSynchronizing),
    ] {
        for (after, state) in [(seconds, state), (seconds + 1, later)] {
            store.now = begin.plus_seconds(after);
            store.record_silence(id, &Hearing::default());
            assert_eq!(store.state(id), state, "after {after} s");
        }
    }
}

#[test]
fn a_device_that_enrolls_again_keeps_what_belongs_to_the_hardware() {
    let (mut store, person, invitation, [old, new]) = reset();
    store.recognise(person, new);
    activated(&mut store, new);
    let wipe = ask(&mut store, new, WIPE);
    let device = store.devices.get_mut(&new).unwrap();
    device.wipe.as_mut().unwrap().acknowledged_at = Some(store.now);
    assert_eq!(enrolled(&mut store, person, invitation, 1), new);
    let again = &store.devices[&new];
    assert_eq!(again.wipe.as_ref().map(|pending| (pending.command_id, pending.acknowledged_at)), Some((wipe, None)));
    assert_eq!(again.relatives.replaces.map(|earlier| earlier.device_id), Some(old));
    assert_eq!((again.relatives.replaced_by, again.relatives.twin), (None, None));
}

#[test]
fn a_replaced_device_that_is_still_in_use_is_a_twin_from_then_on() {
    let (mut store, person, _, [old, new]) = reset();
    store.recognise(person, new);
    store.now = store.now.plus_seconds(60);
    store.contact(old);
    let twin = store.devices[&old].relatives.twin.unwrap();
    assert_eq!((twin.device_id, twin.at), (new, store.now));
}
