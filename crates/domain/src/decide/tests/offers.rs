//! Offers of commands: to a poll that waits or comes later, and again when they did not reach the device.

use super::{commands::lost_mode, device_fixture::DeviceFixture};
use crate::{
    actor::Actor,
    decide::{InvalidRequest, Refusal},
    device::command::{Command, CommandKind, CommandState, LEASE_S},
    journal::EventKind,
    protocol::ResultStatus,
};

#[test]
fn a_command_that_is_handed_to_a_waiting_poll_is_as_one_that_is_polled_for() {
    for kind in [CommandKind::Lock {}, lost_mode(), CommandKind::Wipe { external: false }] {
        let (mut handed, mut polled) = (DeviceFixture::new(), DeviceFixture::new());
        let offered = handed.request_and_offer(kind.clone()).unwrap();
        let id = polled.request(kind).unwrap();
        assert_eq!(polled.poll(), [id]);
        let without_version = |command: Command| Command { version: 0, ..command };
        let stored = without_version(handed.command(offered.id));
        assert_eq!(stored, without_version(offered));
        assert_eq!(stored, Command { id: stored.id, ..without_version(polled.command(id)) });
        assert_eq!(handed.store.devices[&handed.device].wipe, polled.store.devices[&polled.device].wipe);
        assert_eq!(handed.lost(), polled.lost());
        let entries = &handed.store.journal[handed.store.journal.len() - 2..];
        assert_eq!(handed.store.journal.len(), polled.store.journal.len());
        assert!(matches!(entries[0].kind, EventKind::CommandRequested { .. }) && entries[0].actor != Actor::Device);
        assert!(matches!(entries[1].kind, EventKind::CommandDelivered { .. }) && entries[1].actor == Actor::Device);
        handed.store.check();
    }
    let mut fixture = DeviceFixture::new();
    let refused = fixture.request_and_offer(CommandKind::Ring { seconds: 0 });
    assert_eq!(refused, Err(Refusal::Invalid(InvalidRequest::Duration)));
}

#[test]
fn an_offer_that_did_not_reach_the_device_is_made_again_at_once() {
    let mut fixture = DeviceFixture::new();
    let offered = fixture.request_and_offer(CommandKind::Lock {}).unwrap();
    assert_eq!(fixture.poll(), []);
    fixture.take_back(&offered);
    assert_eq!(fixture.poll(), [offered.id]);
    let delivered = |kind: &EventKind| matches!(kind, EventKind::CommandDelivered { .. });
    assert_eq!(fixture.count_entries(delivered), 1);
    // Not what the device has by now, or has answered.
    fixture.store.now = fixture.store.now.plus_seconds(1);
    fixture.take_back(&offered);
    fixture.answer(offered.id, ResultStatus::Completed).unwrap();
    fixture.take_back(&offered);
    assert_eq!(fixture.state(offered.id), CommandState::Completed);
    fixture.store.check();
}

#[test]
fn a_command_that_is_answered_with_not_now_is_offered_again() {
    let mut fixture = DeviceFixture::new();
    let id = fixture.request(CommandKind::Lock {}).unwrap();
    assert_eq!(fixture.poll(), [id]);
    fixture.answer(id, ResultStatus::Acknowledged).unwrap();
    fixture.store.now = fixture.store.now.plus_seconds(LEASE_S + 1);
    assert_eq!(fixture.poll(), []);
    fixture.answer(id, ResultStatus::NotNow).unwrap();
    fixture.store.now = fixture.store.now.plus_seconds(LEASE_S + 1);
    assert_eq!(fixture.poll(), [id]);
    fixture.store.check();
}
