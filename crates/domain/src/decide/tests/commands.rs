//! Commands for phones that answer slowly, twice, out of order and wrongly; lost mode; unsupported commands.

use super::{
    device_fixture::DeviceFixture,
    examples::{activated, enrolled, invited, progress},
    memory_store::MemoryStore,
    sequences::command_kind,
};
use crate::{
    decide::{InvalidRequest, Refusal, delete_device, record_state, unenroll},
    device::{
        DeviceState, EnrollmentStep,
        capabilities::{Capabilities, Limitation, Support},
        command::{COMMAND_LIFETIME_S, Command, CommandKind, CommandState, LEASE_S},
        limit::Limit,
        lost::{LostState, LostText},
    },
    journal::EventKind,
    protocol::{ResultStatus, StateReport},
    types::ids::{CommandId, DeviceId, IdGenerator as _},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const STATUSES: [ResultStatus; 4] =
    [ResultStatus::Acknowledged, ResultStatus::Completed, ResultStatus::Error, ResultStatus::NotNow];

pub(super) fn lost_mode() -> CommandKind {
    CommandKind::LostMode(LostText { message: "Please call.".to_owned(), phone: Some("+420 123".to_owned()) })
}

#[test]
fn answers_to_a_finished_command_change_nothing() {
    let mut fixture = DeviceFixture::new();
    let id = fixture.request(CommandKind::Lock {}).unwrap();
    fixture.poll();
    fixture.answer(id, ResultStatus::Completed).unwrap();
    let entries = fixture.store.journal.len();
    for status in STATUSES {
        fixture.answer(id, status).unwrap();
        assert_eq!(fixture.state(id), CommandState::Completed);
    }
    assert_eq!(fixture.store.journal.len(), entries);
}

#[test]
fn beginning_an_ended_command_is_refused_and_finishing_it_is_recorded_once() {
    let mut fixture = DeviceFixture::new();
    let (cancelled, expired) =
        (fixture.request(CommandKind::Lock {}).unwrap(), fixture.request(CommandKind::Lock {}).unwrap());
    fixture.poll();
    fixture.cancel(cancelled).unwrap();
    fixture.store.now = fixture.store.now.plus_seconds(COMMAND_LIFETIME_S);
    fixture.sweep();
    for (id, state, refusal) in [
        (cancelled, CommandState::Cancelled, Refusal::CommandCancelled),
        (expired, CommandState::Expired, Refusal::CommandExpired),
    ] {
        assert_eq!(fixture.answer(id, ResultStatus::Acknowledged), Err(refusal));
        fixture.answer(id, ResultStatus::Completed).unwrap();
        fixture.answer(id, ResultStatus::Completed).unwrap();
        assert_eq!(fixture.state(id), state);
    }
    assert_eq!(fixture.count_entries(|kind| matches!(kind, EventKind::CommandDoneLate { .. })), 2);
    fixture.store.check();
}

#[test]
fn lost_mode_and_its_end_are_requested_until_the_device_confirms_them() {
    let mut fixture = DeviceFixture::new();
    assert_eq!(fixture.request(CommandKind::EndLostMode {}), Err(Refusal::NotLost));
    let begin = fixture.request(lost_mode()).unwrap();
    let since = fixture.store.now;
    assert_eq!(fixture.lost(), LostState::Requested { requested_at: since });
    assert_eq!(fixture.request(lost_mode()), Err(Refusal::LostModePending));
    fixture.answer(begin, ResultStatus::Completed).unwrap();
    assert_eq!(fixture.lost(), LostState::On { since });
    fixture.store.now = fixture.store.now.plus_seconds(60);
    let end = fixture.request(CommandKind::EndLostMode {}).unwrap();
    assert_eq!(fixture.lost(), LostState::EndRequested { since, requested_at: fixture.store.now });
    fixture.answer(end, ResultStatus::Error).unwrap();
    assert_eq!(fixture.lost(), LostState::On { since });
    let end = fixture.request(CommandKind::EndLostMode {}).unwrap();
    fixture.answer(end, ResultStatus::Completed).unwrap();
    assert_eq!(fixture.lost(), LostState::Off);
    fixture.store.check();
}

#[test]
fn a_cancelled_request_changes_lost_mode_only_if_the_device_carried_it_out() {
    let mut fixture = DeviceFixture::new();
    let begin = fixture.request(lost_mode()).unwrap();
    fixture.cancel(begin).unwrap();
    assert_eq!(fixture.lost(), LostState::Off);
    fixture.answer(begin, ResultStatus::Completed).unwrap();
    assert!(matches!(fixture.lost(), LostState::On { .. }), "it is lost although the request was cancelled");
    fixture.store.check();
}

#[test]
fn a_late_answer_to_an_earlier_request_does_not_undo_a_later_one() {
    let mut fixture = DeviceFixture::new();
    let begin = fixture.request(lost_mode()).unwrap();
    fixture.cancel(begin).unwrap();
    fixture.store.now = fixture.store.now.plus_seconds(1);
    fixture.heartbeat(1, StateReport { lost_mode: Some(true), ..StateReport::default() });
    let end = fixture.request(CommandKind::EndLostMode {}).unwrap();
    fixture.answer(end, ResultStatus::Completed).unwrap();
    fixture.answer(begin, ResultStatus::Completed).unwrap();
    assert_eq!(fixture.lost(), LostState::Off);
    fixture.store.check();
}

#[test]
fn a_heartbeat_decides_lost_mode_unless_it_is_late() {
    let mut fixture = DeviceFixture::new();
    fixture.heartbeat(5, StateReport { lost_mode: Some(true), ..StateReport::default() });
    assert!(matches!(fixture.lost(), LostState::On { .. }));
    fixture.heartbeat(4, StateReport { lost_mode: Some(false), ..StateReport::default() });
    fixture.heartbeat(6, StateReport::default());
    assert!(matches!(fixture.lost(), LostState::On { .. }), "what is not reported stays");
    fixture.heartbeat(7, StateReport { lost_mode: Some(false), ..StateReport::default() });
    assert_eq!(fixture.lost(), LostState::Off);
    fixture.store.check();
}

#[test]
fn lost_mode_outlasts_reenrollment_but_not_unenrollment() {
    let mut fixture = DeviceFixture::new();
    fixture.heartbeat(1, StateReport { lost_mode: Some(true), ..StateReport::default() });
    let person = fixture.store.devices[&fixture.device].person_id;
    let invitation = fixture.store.aggregate(person).invitation.unwrap().id;
    assert_eq!(enrolled(&mut fixture.store, person, invitation, 1), fixture.device);
    assert!(matches!(fixture.lost(), LostState::On { .. }));
    let decided = unenroll(&fixture.store.aggregate_of(fixture.device), fixture.device, &[], &fixture.store.context());
    fixture.apply(decided).unwrap();
    assert_eq!(fixture.lost(), LostState::Off);
    fixture.store.check();
}

#[test]
fn lost_mode_that_ends_in_the_moment_it_began_is_off() {
    let mut fixture = DeviceFixture::new();
    for (kind, state) in [(lost_mode(), "on"), (CommandKind::EndLostMode {}, "off")] {
        let id = fixture.request(kind).unwrap();
        fixture.answer(id, ResultStatus::Completed).unwrap();
        assert_eq!(matches!(fixture.lost(), LostState::On { .. }), state == "on", "the clock did not move");
    }
}

#[test]
fn the_open_commands_of_a_device_that_leaves_are_cancelled() {
    let delete = |aggregate: &_, id, open: &_, context: &_| delete_device(aggregate, id, open, false, context);
    for leave in [unenroll, delete] {
        let mut fixture = DeviceFixture::new();
        let (done, open) = (fixture.request(CommandKind::Lock {}).unwrap(), fixture.request(lost_mode()).unwrap());
        fixture.answer(done, ResultStatus::Completed).unwrap();
        let mut of_another = fixture.command(open);
        of_another.id = CommandId(fixture.store.ids.new_uuid());
        of_another.device_id = DeviceId(fixture.store.ids.new_uuid());
        let commands = [fixture.command(done), fixture.command(open), of_another];
        let decided =
            leave(&fixture.store.aggregate_of(fixture.device), fixture.device, &commands, &fixture.store.context());
        assert_eq!(decided.as_ref().unwrap().commands.len(), 1);
        fixture.apply(decided).unwrap();
        assert_eq!((fixture.state(done), fixture.state(open)), (CommandState::Completed, CommandState::Cancelled));
    }
}

#[test]
fn an_answer_is_a_contact_unless_the_device_is_unenrolled() {
    let mut fixture = DeviceFixture::new();
    let commands = [(); 2].map(|()| fixture.request(CommandKind::Ring { seconds: 1 }).unwrap());
    let requested_at = fixture.store.now;
    fixture.store.now = requested_at.plus_seconds(60);
    fixture.answer(commands[0], ResultStatus::Completed).unwrap();
    assert_eq!(fixture.store.devices[&fixture.device].last_contact_at, requested_at.plus_seconds(60));
    let decided = unenroll(&fixture.store.aggregate_of(fixture.device), fixture.device, &[], &fixture.store.context());
    fixture.apply(decided).unwrap();
    fixture.store.now = requested_at.plus_seconds(120);
    fixture.answer(commands[1], ResultStatus::Completed).unwrap();
    let device = &fixture.store.devices[&fixture.device];
    assert_eq!((device.state, device.last_contact_at), (DeviceState::Unenrolled, requested_at.plus_seconds(60)));
    assert_eq!(fixture.state(commands[1]), CommandState::Completed);
}

#[test]
fn parameters_of_commands_are_checked_up_to_their_bounds() {
    let mut fixture = DeviceFixture::new();
    let message = |text: &str| CommandKind::Message { text: text.to_owned() };
    let ring = |seconds| CommandKind::Ring { seconds };
    let locate = |timeout_s| CommandKind::Locate { high_accuracy: false, timeout_s };
    let longest = LostText { message: "é".repeat(1000), phone: Some("9".repeat(40)) };
    for (kind, refused) in [
        (message(" \n"), Some(InvalidRequest::MessageEmpty)),
        (message("x"), None),
        (message(&"é".repeat(1000)), None),
        (message(&"é".repeat(1001)), Some(InvalidRequest::MessageTooLong)),
        (ring(0), Some(InvalidRequest::Duration)),
        (ring(1), None),
        (ring(600), None),
        (ring(601), Some(InvalidRequest::Duration)),
        (locate(0), Some(InvalidRequest::Duration)),
        (locate(600), None),
        (CommandKind::LostMode(longest), None),
    ] {
        assert_eq!(fixture.request(kind.clone()).err(), refused.map(Refusal::from), "{kind:?}");
    }
}

#[test]
fn the_text_of_a_lost_screen_is_checked() {
    let mut fixture = DeviceFixture::new();
    let text = |message: &str, phone: &str| {
        CommandKind::LostMode(LostText { message: message.to_owned(), phone: Some(phone.to_owned()) })
    };
    let long = "9".repeat(41);
    let bad = [
        (text(" ", " "), InvalidRequest::LostTextEmpty),
        (text(&"x".repeat(1001), ""), InvalidRequest::MessageTooLong),
        (text("Call", "tel:<b>"), InvalidRequest::Phone),
        (text("Call", &long), InvalidRequest::Phone),
    ];
    for (kind, why) in bad {
        assert_eq!(fixture.request(kind), Err(why.into()));
    }
    let id = fixture.request(text("", " +420 123-456 ")).unwrap();
    let wanted = LostText { message: String::new(), phone: Some("+420 123-456".to_owned()) };
    assert_eq!(fixture.command(id).kind, CommandKind::LostMode(wanted));
}

fn capabilities(commands: &[(&str, Support)], permissions: Option<&[&str]>) -> Capabilities {
    let commands = commands.iter().map(|(name, support)| ((*name).to_owned(), support.clone()));
    let permissions = permissions.map(|all| all.iter().map(|&name| name.to_owned()).collect());
    Capabilities { commands: commands.collect::<BTreeMap<_, _>>(), permissions }
}

#[test]
fn unsupported_commands_are_refused() {
    let mut fixture = DeviceFixture::new();
    let capabilities = capabilities(&[("lock", Support::no(Limit::NoSessionManager)), ("ring", Support::yes())], None);
    fixture.heartbeat(1, StateReport { capabilities: Some(capabilities), ..StateReport::default() });
    assert_eq!(
        fixture.request(CommandKind::Lock {}),
        Err(Refusal::Unsupported(Limitation::Limit(Limit::NoSessionManager)))
    );
    assert_eq!(fixture.request(lost_mode()), Err(Refusal::Unsupported(Limitation::UnknownCommand)), "it is not named");
    assert!(fixture.request(CommandKind::Ring { seconds: 1 }).is_ok());
}

#[test]
fn a_device_needs_no_permission_that_its_platform_cannot_grant() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let mut enrollment = store.enrollment(invitation, 1);
    enrollment.capabilities = Some(capabilities(&[], Some(&["location", "notifications"])));
    let (whole, context) = (store.aggregate(person), store.context());
    let (device, change) = crate::decide::enroll(&whole, &enrollment, &mut store.ids, &context).unwrap();
    store.apply(change);
    assert_eq!(store.devices[&device].missing_permissions, ["location", "notifications"]);
    let everything = ["location", "notifications", "device_admin"];
    progress(&mut store, device, EnrollmentStep::Permissions, &everything);
    assert_eq!(store.devices[&device].missing_permissions, ["location", "notifications"]);
    // The report of an agent that cannot administer its device.
    let permissions = Some(BTreeMap::from([("location".to_owned(), true), ("notifications".to_owned(), true)]));
    let report = StateReport { seq: 1, permissions, admin_active: Some(false), ..StateReport::default() };
    let change = record_state(&store.aggregate_of(device), device, report, &store.context()).unwrap();
    store.apply(change);
    activated(&mut store, device);
    // A newer agent can be granted more: a permission is missing until the agent reports it as granted.
    let capabilities = Some(capabilities(&[], None));
    let report = StateReport { seq: 2, capabilities, ..StateReport::default() };
    let change = record_state(&store.aggregate_of(device), device, report, &store.context()).unwrap();
    store.apply(change);
    assert_eq!(store.devices[&device].missing_permissions, ["device_admin"]);
    assert_eq!(store.devices[&device].state, DeviceState::PermissionsLost);
    store.check();
}

/// An action on a command or its device.
#[derive(Clone, Debug)]
enum Move {
    Request(u8),
    Poll,
    Answer(usize, usize),
    Cancel(usize),
    Heartbeat(u64, Option<bool>),
    Wait(i64),
    Sweep,
}

fn moves() -> impl Strategy<Value = Move> {
    prop_oneof![
        3 => (0u8..3).prop_map(Move::Request),
        3 => Just(Move::Poll),
        8 => (0usize..8, 0usize..4).prop_map(|(which, status)| Move::Answer(which, status)),
        1 => (0usize..8).prop_map(Move::Cancel),
        1 => (0u64..9, any::<Option<bool>>()).prop_map(|(seq, lost)| Move::Heartbeat(seq, lost)),
        2 => prop_oneof![Just(1), Just(LEASE_S + 1), Just(COMMAND_LIFETIME_S)].prop_map(Move::Wait),
        1 => Just(Move::Sweep),
    ]
}

impl DeviceFixture {
    fn run(&mut self, step: &Move) {
        let pick = |which: usize| {
            let all: Vec<CommandId> = self.store.commands.keys().copied().collect();
            all.get(which % all.len().max(1)).copied()
        };
        match *step {
            Move::Request(kind) => drop(self.request(command_kind(kind))),
            Move::Poll => drop(self.poll()),
            Move::Answer(which, status) => {
                let Some(id) = pick(which) else { return };
                let before = self.command(id);
                let answer = self.answer(id, STATUSES[status]);
                let had_ended_early = matches!(before.state, CommandState::Cancelled | CommandState::Expired);
                assert_eq!(
                    answer.is_err(),
                    had_ended_early && status == 0,
                    "only beginning an ended command is refused"
                );
            }
            Move::Cancel(which) => {
                let Some(id) = pick(which) else { return };
                let was_final = self.state(id).is_final();
                assert_eq!(self.cancel(id).is_err(), was_final);
            }
            Move::Heartbeat(seq, lost_mode) => self.heartbeat(seq, StateReport { lost_mode, ..StateReport::default() }),
            Move::Wait(seconds) => self.store.now = self.store.now.plus_seconds(seconds),
            Move::Sweep => self.sweep(),
        }
    }

    /// A request about lost mode is open exactly while one of its commands is.
    fn check(&self) {
        self.store.check();
        let is_lost = |c: &&Command| matches!(c.kind, CommandKind::LostMode(_) | CommandKind::EndLostMode {});
        let open: Vec<_> =
            self.store.commands.values().filter(is_lost).filter(|c| !c.state.is_final()).map(|c| c.id).collect();
        let requested: Vec<_> =
            self.store.devices[&self.device].lost.requested.iter().map(|request| request.command_id).collect();
        assert_eq!(open, requested);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_answers_breaks_a_command(steps in prop::collection::vec(moves(), 1..80)) {
        let mut fixture = DeviceFixture::new();
        for step in &steps {
            fixture.run(step);
            fixture.check();
        }
    }
}
