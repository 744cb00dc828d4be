//! What a device is recognised and found by, and which of two devices with the same hardware stays.

use super::{
    device_fixture::DeviceFixture,
    examples::{activated, enrolled, invited},
    memory_store::MemoryStore,
};
use crate::{
    decide::{ERASED_AFTER_S, Thresholds, delete_device, record_silence, renew_device},
    device::{
        Device, DeviceState,
        command::{Command, CommandKind, CommandState},
    },
    journal::EventKind,
    protocol::ResultStatus,
    types::{
        hearing::Hearing,
        ids::{CommandId, DeviceId, IdGenerator as _},
    },
};

const WIPE: CommandKind = CommandKind::Wipe { external: false };

/// A device of this maker, with this serial number and this IMEI.
fn device(maker: &str, serial: &str, imei: &str) -> Device {
    let fixture = DeviceFixture::new();
    let mut device = fixture.store.devices[&fixture.device].clone();
    maker.clone_into(&mut device.info.manufacturer);
    device.info.serial = Some(serial.to_owned());
    device.imeis = vec![imei.to_owned()];
    device
}

#[test]
fn hardware_is_the_same_by_the_serial_number_of_one_maker_or_by_an_imei() {
    const IMEIS: [&str; 2] = ["490154203237518", "356938035643809"];
    let one = device("Acme", "SER-J1", IMEIS[0]);
    for (maker, serial, imei, is_same) in [
        ("Acme", "SER-J1", "", true),
        ("ACME", "ser j1", "", true),
        ("", "SER-J1", "", true),
        ("Other", "SER-J1", "", false),
        ("Acme", "SER-J2", "", false),
        ("Other", "SER-J2", IMEIS[0], true),
        ("Acme", "SER-J2", IMEIS[1], false),
        ("Acme", "unknown", "000000000000000", false),
    ] {
        let other = device(maker, serial, imei);
        assert_eq!(
            (one.is_same_hardware(&other), other.is_same_hardware(&one)),
            (is_same, is_same),
            "{maker} {serial}"
        );
    }
    let nameless = device("Acme", "unknown", "");
    assert!(!nameless.is_same_hardware(&device("Acme", "unknown", "")), "nothing known is nothing in common");
}

#[test]
fn a_device_is_found_by_its_numbers_until_it_is_deleted_or_replaced() {
    let mut device = device("Acme", "SER-J1", "490154203237518");
    let keys = ["imei 49015420323751", "serial SERJ1"].map(str::to_owned).into();
    assert_eq!((device.hardware_keys(), device.findable_by()), (keys, device.hardware_keys()));
    for state in [DeviceState::Wiped, DeviceState::Unenrolled] {
        device.state = state;
        assert_eq!(device.findable_by(), device.hardware_keys());
    }
    device.deleted_at = Some(device.created_at);
    assert!(device.findable_by().is_empty());
    (device.deleted_at, device.state) = (None, DeviceState::Replaced);
    assert!(device.findable_by().is_empty());
}

#[test]
fn a_row_is_found_by_the_person_and_by_the_device() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    enrolled(&mut store, person, invitation, 1);
    let (_, row) = store.slots.values().next().unwrap();
    let text = row.search_text();
    for words in ["ada example", "ada@example.com", "acme one", "ser-j1"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

fn rebound(store: &MemoryStore) -> usize {
    store.journal.iter().filter(|entry| matches!(entry.kind, EventKind::DeviceRebound { .. })).count()
}

#[test]
fn a_device_takes_the_place_of_the_older_one_under_the_active_invitation() {
    let (mut store, person) = MemoryStore::with_person();
    let first = invited(&mut store, person, false);
    let newer = enrolled(&mut store, person, first, 0);
    let second = invited(&mut store, person, false);
    let older = enrolled(&mut store, person, second, 1);
    store.now = store.now.plus_seconds(60);
    activated(&mut store, newer);
    store.recognise(person, newer);
    store.check();
    assert_eq!(store.devices[&older].state, DeviceState::Replaced);
    assert_eq!((store.devices[&newer].invitation_id, rebound(&store)), (second, 1));
}

#[test]
fn a_device_stays_with_the_active_invitation_when_the_older_one_had_another() {
    let (mut store, person) = MemoryStore::with_person();
    let first = invited(&mut store, person, false);
    enrolled(&mut store, person, first, 0);
    let second = invited(&mut store, person, false);
    let newer = enrolled(&mut store, person, second, 1);
    store.recognise(person, newer);
    store.check();
    assert_eq!((store.devices[&newer].invitation_id, rebound(&store)), (second, 0));
}

#[test]
fn what_is_asked_of_one_device_does_not_guard_another() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let [old, newer, other] = [0, 1, 5].map(|installation| enrolled(&mut store, person, invitation, installation));
    let (whole, context) = (store.aggregate(person), store.context());
    let decided = crate::decide::request_command(&whole, other, CommandKind::Lock {}, &mut store.ids, &context);
    store.apply(decided.unwrap().1);
    store.recognise(person, newer);
    assert_eq!(store.devices[&old].state, DeviceState::Replaced);
}

#[test]
fn a_wipe_is_pending_until_the_latest_one_ends() {
    let mut fixture = DeviceFixture::new();
    let pending = |fixture: &DeviceFixture| fixture.store.devices[&fixture.device].wipe.map(|wipe| wipe.command_id);
    let (first, second) = (fixture.request(WIPE).unwrap(), fixture.request(WIPE).unwrap());
    fixture.poll();
    assert_eq!(pending(&fixture), Some(second));
    fixture.cancel(first).unwrap();
    assert_eq!(pending(&fixture), Some(second));
    let lock = fixture.request(CommandKind::Lock {}).unwrap();
    fixture.answer(lock, ResultStatus::Completed).unwrap();
    assert_eq!(pending(&fixture), Some(second));
    fixture.cancel(second).unwrap();
    assert_eq!(pending(&fixture), None);
}

#[test]
fn only_the_wipe_that_was_begun_is_done_when_a_device_erased_itself() {
    let mut fixture = DeviceFixture::new();
    let [begun, asked] = [(); 2].map(|()| fixture.request(WIPE).unwrap());
    let lock = fixture.request(CommandKind::Lock {}).unwrap();
    fixture.answer(lock, ResultStatus::Acknowledged).unwrap();
    fixture.answer(begun, ResultStatus::Acknowledged).unwrap();
    let mut of_another: Command = fixture.command(begun);
    of_another.id = CommandId(fixture.store.ids.new_uuid());
    of_another.device_id = DeviceId(fixture.store.ids.new_uuid());
    let mut open = fixture.store.open_commands(fixture.device);
    open.push(of_another.clone());
    fixture.store.now = fixture.store.now.plus_seconds(ERASED_AFTER_S + 1);
    let aggregate = fixture.store.aggregate_of(fixture.device);
    let (thresholds, hearing, context) = (Thresholds::default(), Hearing::default(), fixture.store.context());
    let decided = record_silence(&aggregate, fixture.device, &open, thresholds, &hearing, &context);
    assert!(decided.as_ref().unwrap().commands.iter().all(|command| command.id != of_another.id));
    fixture.apply(decided).unwrap();
    let states = [begun, asked, lock].map(|id| fixture.state(id));
    assert_eq!(states, [CommandState::Completed, CommandState::Cancelled, CommandState::Cancelled]);
}

#[test]
fn a_device_is_renewed_again_after_a_pause() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    let begin = store.now;
    let renewals = [0, 59, 60, 61].map(|seconds| {
        store.now = begin.plus_seconds(seconds);
        let (whole, context) = (store.aggregate(person), store.context());
        let decided = renew_device(&whole, device, MemoryStore::sealed(), &mut store.ids, &context);
        decided.map(|change| store.apply(change)).is_ok()
    });
    assert_eq!(renewals, [true, false, true, false]);
}

#[test]
fn only_a_wipe_that_waits_for_the_device_itself_keeps_it_from_being_deleted() {
    let mut fixture = DeviceFixture::new();
    let [over, of_another] = [(); 2].map(|()| fixture.request(WIPE).unwrap());
    fixture.cancel(over).unwrap();
    let mut of_another: Command = fixture.command(of_another);
    of_another.device_id = DeviceId(fixture.store.ids.new_uuid());
    let open = [fixture.command(over), of_another];
    let aggregate = fixture.store.aggregate_of(fixture.device);
    assert!(delete_device(&aggregate, fixture.device, &open, false, &fixture.store.context()).is_ok());
}
