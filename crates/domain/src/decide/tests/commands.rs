//! Commands against phones that answer slowly, twice, out of order and wrongly; lost mode; what a device cannot do.

use super::{
    examples::{activated, enrolled, invited, progress},
    field::Field,
    sequences::command_kind,
    world::World,
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

fn lost_mode() -> CommandKind {
    CommandKind::LostMode(LostText { message: "Please call.".to_owned(), phone: Some("+420 123".to_owned()) })
}

#[test]
fn a_late_acknowledgement_and_a_second_end_change_nothing() {
    let mut field = Field::new();
    let id = field.ask(CommandKind::Lock {}).unwrap();
    field.poll();
    field.answer(id, ResultStatus::Completed).unwrap();
    let entries = field.world.journal.len();
    for status in STATUSES {
        field.answer(id, status).unwrap();
        assert_eq!(field.state(id), CommandState::Completed);
    }
    assert_eq!(field.world.journal.len(), entries);
}

#[test]
fn a_command_that_was_put_off_after_it_had_arrived_is_offered_again() {
    let mut field = Field::new();
    let id = field.ask(CommandKind::Lock {}).unwrap();
    assert_eq!(field.poll(), [id]);
    field.answer(id, ResultStatus::Acknowledged).unwrap();
    field.world.now = field.world.now.plus_seconds(LEASE_S + 1);
    assert_eq!(field.poll(), []);
    field.answer(id, ResultStatus::NotNow).unwrap();
    field.world.now = field.world.now.plus_seconds(LEASE_S + 1);
    assert_eq!(field.poll(), [id]);
    field.world.check();
}

#[test]
fn beginning_with_what_was_taken_back_is_refused_and_having_done_it_is_noted_once() {
    let mut field = Field::new();
    let (cancelled, expired) = (field.ask(CommandKind::Lock {}).unwrap(), field.ask(CommandKind::Lock {}).unwrap());
    field.poll();
    field.cancel(cancelled).unwrap();
    field.world.now = field.world.now.plus_seconds(COMMAND_LIFETIME_S);
    field.watch();
    for (id, state, refusal) in [
        (cancelled, CommandState::Cancelled, Refusal::CommandCancelled),
        (expired, CommandState::Expired, Refusal::CommandExpired),
    ] {
        assert_eq!(field.answer(id, ResultStatus::Acknowledged), Err(refusal));
        field.answer(id, ResultStatus::Completed).unwrap();
        field.answer(id, ResultStatus::Completed).unwrap();
        assert_eq!(field.state(id), state);
    }
    assert_eq!(field.told(|kind| matches!(kind, EventKind::CommandDoneLate { .. })), 2);
    field.world.check();
}

#[test]
fn lost_mode_is_requested_until_the_device_confirms_it_and_its_end_too() {
    let mut field = Field::new();
    assert_eq!(field.ask(CommandKind::EndLostMode {}), Err(Refusal::NotLost));
    let begin = field.ask(lost_mode()).unwrap();
    let since = field.world.now;
    assert_eq!(field.lost(), LostState::Requested { requested_at: since });
    assert_eq!(field.ask(lost_mode()), Err(Refusal::LostModePending));
    field.answer(begin, ResultStatus::Completed).unwrap();
    assert_eq!(field.lost(), LostState::On { since });
    field.world.now = field.world.now.plus_seconds(60);
    let end = field.ask(CommandKind::EndLostMode {}).unwrap();
    assert_eq!(field.lost(), LostState::EndRequested { since, requested_at: field.world.now });
    field.answer(end, ResultStatus::Error).unwrap();
    assert_eq!(field.lost(), LostState::On { since });
    let end = field.ask(CommandKind::EndLostMode {}).unwrap();
    field.answer(end, ResultStatus::Completed).unwrap();
    assert_eq!(field.lost(), LostState::Off);
    field.world.check();
}

#[test]
fn a_request_that_is_cancelled_leaves_no_trace_unless_the_device_did_it() {
    let mut field = Field::new();
    let begin = field.ask(lost_mode()).unwrap();
    field.cancel(begin).unwrap();
    assert_eq!(field.lost(), LostState::Off);
    field.answer(begin, ResultStatus::Completed).unwrap();
    assert!(matches!(field.lost(), LostState::On { .. }), "it is lost although the request was cancelled");
    field.world.check();
}

#[test]
fn a_late_answer_to_an_earlier_request_does_not_undo_a_later_one() {
    let mut field = Field::new();
    let begin = field.ask(lost_mode()).unwrap();
    field.cancel(begin).unwrap();
    field.world.now = field.world.now.plus_seconds(1);
    field.beat(1, StateReport { lost_mode: Some(true), ..StateReport::default() });
    let end = field.ask(CommandKind::EndLostMode {}).unwrap();
    field.answer(end, ResultStatus::Completed).unwrap();
    field.answer(begin, ResultStatus::Completed).unwrap();
    assert_eq!(field.lost(), LostState::Off);
    field.world.check();
}

#[test]
fn a_device_that_says_that_it_is_lost_is_and_a_late_report_does_not_count() {
    let mut field = Field::new();
    field.beat(5, StateReport { lost_mode: Some(true), ..StateReport::default() });
    assert!(matches!(field.lost(), LostState::On { .. }));
    field.beat(4, StateReport { lost_mode: Some(false), ..StateReport::default() });
    field.beat(6, StateReport::default());
    assert!(matches!(field.lost(), LostState::On { .. }), "what is not told stays");
    field.beat(7, StateReport { lost_mode: Some(false), ..StateReport::default() });
    assert_eq!(field.lost(), LostState::Off);
    field.world.check();
}

#[test]
fn a_lost_device_that_enrolls_again_is_still_lost_and_one_that_says_goodbye_is_not() {
    let mut field = Field::new();
    field.beat(1, StateReport { lost_mode: Some(true), ..StateReport::default() });
    let person = field.world.devices[&field.device].person_id;
    let invitation = field.world.aggregate(person).invitation.unwrap().id;
    assert_eq!(enrolled(&mut field.world, person, invitation, 1), field.device);
    assert!(matches!(field.lost(), LostState::On { .. }));
    let decided = unenroll(&field.world.aggregate_of(field.device), field.device, &[], &field.world.context());
    field.take(decided).unwrap();
    assert_eq!(field.lost(), LostState::Off);
    field.world.check();
}

#[test]
fn lost_mode_that_is_ended_in_the_moment_it_was_asked_for_is_off() {
    let mut field = Field::new();
    for (kind, state) in [(lost_mode(), "on"), (CommandKind::EndLostMode {}, "off")] {
        let id = field.ask(kind).unwrap();
        field.answer(id, ResultStatus::Completed).unwrap();
        assert_eq!(matches!(field.lost(), LostState::On { .. }), state == "on", "the clock did not move");
    }
}

#[test]
fn of_a_device_that_goes_away_nothing_is_wanted_any_more() {
    for leave in [unenroll, delete_device] {
        let mut field = Field::new();
        let (done, open) = (field.ask(CommandKind::Lock {}).unwrap(), field.ask(lost_mode()).unwrap());
        field.answer(done, ResultStatus::Completed).unwrap();
        let mut of_another = field.command(open);
        of_another.id = CommandId(field.world.ids.new_uuid());
        of_another.device_id = DeviceId(field.world.ids.new_uuid());
        let commands = [field.command(done), field.command(open), of_another];
        let decided = leave(&field.world.aggregate_of(field.device), field.device, &commands, &field.world.context());
        assert_eq!(decided.as_ref().unwrap().commands.len(), 1);
        field.take(decided).unwrap();
        assert_eq!((field.state(done), field.state(open)), (CommandState::Completed, CommandState::Cancelled));
    }
}

#[test]
fn an_answer_is_a_contact_unless_the_device_said_goodbye() {
    let mut field = Field::new();
    let commands = [(); 2].map(|()| field.ask(CommandKind::Ring { seconds: 1 }).unwrap());
    let asked_at = field.world.now;
    field.world.now = asked_at.plus_seconds(60);
    field.answer(commands[0], ResultStatus::Completed).unwrap();
    assert_eq!(field.world.devices[&field.device].last_contact_at, asked_at.plus_seconds(60));
    let decided = unenroll(&field.world.aggregate_of(field.device), field.device, &[], &field.world.context());
    field.take(decided).unwrap();
    field.world.now = asked_at.plus_seconds(120);
    field.answer(commands[1], ResultStatus::Completed).unwrap();
    let device = &field.world.devices[&field.device];
    assert_eq!((device.state, device.last_contact_at), (DeviceState::Unenrolled, asked_at.plus_seconds(60)));
    assert_eq!(field.state(commands[1]), CommandState::Completed);
}

#[test]
fn what_is_asked_of_a_device_is_checked_up_to_its_bounds() {
    let mut field = Field::new();
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
        assert_eq!(field.ask(kind.clone()).err(), refused.map(Refusal::from), "{kind:?}");
    }
}

#[test]
fn what_a_lost_screen_shows_is_checked() {
    let mut field = Field::new();
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
        assert_eq!(field.ask(kind), Err(why.into()));
    }
    let id = field.ask(text("", " +420 123-456 ")).unwrap();
    let wanted = LostText { message: String::new(), phone: Some("+420 123-456".to_owned()) };
    assert_eq!(field.command(id).kind, CommandKind::LostMode(wanted));
}

fn told(commands: &[(&str, Support)], permissions: Option<&[&str]>) -> Capabilities {
    let commands = commands.iter().map(|(name, support)| ((*name).to_owned(), support.clone()));
    let permissions = permissions.map(|all| all.iter().map(|&name| name.to_owned()).collect());
    Capabilities { commands: commands.collect::<BTreeMap<_, _>>(), permissions }
}

#[test]
fn what_a_device_cannot_do_is_not_asked_of_it() {
    let mut field = Field::new();
    let capabilities = told(&[("lock", Support::no(Limit::NoSessionManager)), ("ring", Support::yes())], None);
    field.beat(1, StateReport { capabilities: Some(capabilities), ..StateReport::default() });
    assert_eq!(field.ask(CommandKind::Lock {}), Err(Refusal::Unsupported(Limitation::Limit(Limit::NoSessionManager))));
    assert_eq!(field.ask(lost_mode()), Err(Refusal::Unsupported(Limitation::UnknownCommand)), "it is not named");
    assert!(field.ask(CommandKind::Ring { seconds: 1 }).is_ok());
}

#[test]
fn a_device_needs_no_permission_that_its_platform_cannot_grant() {
    let (mut world, person) = World::with_person();
    let invitation = invited(&mut world, person, false);
    let mut enrollment = world.enrollment(invitation, 1);
    enrollment.capabilities = Some(told(&[], Some(&["location", "notifications"])));
    let (whole, context) = (world.aggregate(person), world.context());
    let (device, change) = crate::decide::enroll(&whole, &enrollment, &mut world.ids, &context).unwrap();
    world.apply(change);
    assert_eq!(world.devices[&device].missing_permissions, ["location", "notifications"]);
    let everything = ["location", "notifications", "device_admin"];
    progress(&mut world, device, EnrollmentStep::Permissions, &everything);
    assert_eq!(world.devices[&device].missing_permissions, ["location", "notifications"]);
    // As an agent does that cannot administer its device.
    let permissions = Some(BTreeMap::from([("location".to_owned(), true), ("notifications".to_owned(), true)]));
    let report = StateReport { seq: 1, permissions, admin_active: Some(false), ..StateReport::default() };
    let change = record_state(&world.aggregate_of(device), device, report, &world.context()).unwrap();
    world.apply(change);
    activated(&mut world, device);
    // A newer agent can be granted more: until it says that it was, it is missing.
    let capabilities = Some(told(&[], None));
    let report = StateReport { seq: 2, capabilities, ..StateReport::default() };
    let change = record_state(&world.aggregate_of(device), device, report, &world.context()).unwrap();
    world.apply(change);
    assert_eq!(world.devices[&device].missing_permissions, ["device_admin"]);
    assert_eq!(world.devices[&device].state, DeviceState::PermissionsLost);
    world.check();
}

/// Something that happens to a command or its device.
#[derive(Clone, Debug)]
enum Move {
    Ask(u8),
    Poll,
    Answer(usize, usize),
    Cancel(usize),
    Beat(u64, Option<bool>),
    Wait(i64),
    Watch,
}

fn moves() -> impl Strategy<Value = Move> {
    prop_oneof![
        3 => (0u8..3).prop_map(Move::Ask),
        3 => Just(Move::Poll),
        8 => (0usize..8, 0usize..4).prop_map(|(which, status)| Move::Answer(which, status)),
        1 => (0usize..8).prop_map(Move::Cancel),
        1 => (0u64..9, any::<Option<bool>>()).prop_map(|(seq, lost)| Move::Beat(seq, lost)),
        2 => prop_oneof![Just(1), Just(LEASE_S + 1), Just(COMMAND_LIFETIME_S)].prop_map(Move::Wait),
        1 => Just(Move::Watch),
    ]
}

impl Field {
    fn run(&mut self, step: &Move) {
        let pick = |which: usize| {
            let all: Vec<CommandId> = self.world.commands.keys().copied().collect();
            all.get(which % all.len().max(1)).copied()
        };
        match *step {
            Move::Ask(kind) => drop(self.ask(command_kind(kind))),
            Move::Poll => drop(self.poll()),
            Move::Answer(which, status) => {
                let Some(id) = pick(which) else { return };
                let before = self.command(id);
                let answer = self.answer(id, STATUSES[status]);
                let was_taken_back = matches!(before.state, CommandState::Cancelled | CommandState::Expired);
                assert_eq!(answer.is_err(), was_taken_back && status == 0, "only beginning too late is refused");
            }
            Move::Cancel(which) => {
                let Some(id) = pick(which) else { return };
                let was_over = self.state(id).is_final();
                assert_eq!(self.cancel(id).is_err(), was_over);
            }
            Move::Beat(seq, lost_mode) => self.beat(seq, StateReport { lost_mode, ..StateReport::default() }),
            Move::Wait(seconds) => self.world.now = self.world.now.plus_seconds(seconds),
            Move::Watch => self.watch(),
        }
    }

    /// Lost mode is asked for exactly while one of its commands is open.
    fn check(&self) {
        self.world.check();
        let is_lost = |c: &&Command| matches!(c.kind, CommandKind::LostMode(_) | CommandKind::EndLostMode {});
        let open: Vec<_> =
            self.world.commands.values().filter(is_lost).filter(|c| !c.state.is_final()).map(|c| c.id).collect();
        let asked: Vec<_> =
            self.world.devices[&self.device].lost.requested.iter().map(|asked| asked.command_id).collect();
        assert_eq!(open, asked);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_answers_breaks_a_command(steps in prop::collection::vec(moves(), 1..80)) {
        let mut field = Field::new();
        for step in &steps {
            field.run(step);
            field.check();
        }
    }
}
