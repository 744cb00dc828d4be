//! Random sequences of what phones, admins and time do.

use super::phone::{done, information};
use crate::{
    apple::{CertificateHash, ChallengePurpose, EnrollmentState},
    decide::{
        apple::{PhoneAnswer, PhoneRequest, PushOutcome, SentPush, parts, record_push},
        delete_device, request_command,
        tests::{examples::invited, memory_store::MemoryStore},
    },
    device::{
        AgentError, DeviceState, PushTrouble,
        command::{CommandKind, CommandState},
        lost::LostText,
    },
    types::ids::{DeviceId, InvitationId, PersonId},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Action {
    /// With a fresh certificate, or with the same again.
    Arrive {
        phone: u8,
        fresh: bool,
    },
    TellAddress {
        phone: u8,
    },
    Leave {
        phone: u8,
    },
    Idle {
        phone: u8,
    },
    Answer {
        phone: u8,
        how: u8,
        late: bool,
    },
    Renewed {
        phone: u8,
    },
    Request {
        phone: u8,
        kind: u8,
    },
    Push {
        phone: u8,
        outcome: u8,
    },
    Delete {
        phone: u8,
    },
    Wait {
        seconds: i64,
    },
}

fn action() -> impl Strategy<Value = Action> {
    let phone = 0u8..3;
    prop_oneof![
        3 => (phone.clone(), any::<bool>()).prop_map(|(phone, fresh)| Action::Arrive { phone, fresh }),
        3 => phone.clone().prop_map(|phone| Action::TellAddress { phone }),
        1 => phone.clone().prop_map(|phone| Action::Leave { phone }),
        4 => phone.clone().prop_map(|phone| Action::Idle { phone }),
        8 => (phone.clone(), 0u8..4, prop::bool::weighted(0.2))
            .prop_map(|(phone, how, late)| Action::Answer { phone, how, late }),
        1 => phone.clone().prop_map(|phone| Action::Renewed { phone }),
        4 => (phone.clone(), 0u8..7).prop_map(|(phone, kind)| Action::Request { phone, kind }),
        2 => (phone.clone(), 0u8..3).prop_map(|(phone, outcome)| Action::Push { phone, outcome }),
        1 => phone.prop_map(|phone| Action::Delete { phone }),
        2 => prop_oneof![Just(20), Just(1000), Just(700_000)].prop_map(|seconds| Action::Wait { seconds }),
    ]
}

fn kind(number: u8) -> CommandKind {
    match number {
        0 => CommandKind::Lock {},
        1 => CommandKind::Wipe { external: false },
        2 => CommandKind::LostMode(LostText { message: "Mine".to_owned(), phone: None }),
        3 => CommandKind::EndLostMode {},
        4 => CommandKind::Renew {},
        5 => CommandKind::Unenroll {},
        _ => CommandKind::Inventory {},
    }
}

/// What a phone holds: the certificate that it signs with, the device it is, and what it was asked last.
#[derive(Clone)]
struct Held {
    cert: CertificateHash,
    purpose: ChallengePurpose,
    device: DeviceId,
    asked: Vec<PhoneRequest>,
}

struct World {
    store: MemoryStore,
    person: PersonId,
    invitation: InvitationId,
    phones: BTreeMap<u8, Held>,
}

impl World {
    fn new() -> Self {
        let (mut store, person) = MemoryStore::with_person();
        let invitation = invited(&mut store, person, false);
        Self { store, person, invitation, phones: BTreeMap::new() }
    }

    /// The phone, if the server would let it in.
    fn managed(&self, phone: u8) -> Option<Held> {
        let held = self.phones.get(&phone)?;
        let is_valid = self.store.apple.issued[&held.cert].revoked.is_none();
        (is_valid && self.store.is_managed(held.device)).then(|| held.clone())
    }

    fn run(&mut self, action: &Action) {
        // So that what was put off and what is asked next are not of the same moment.
        self.store.now = self.store.now.plus_seconds(1);
        match *action {
            Action::Arrive { phone, fresh } => self.arrive(phone, fresh),
            Action::TellAddress { phone } => {
                if let Some(held) = self.managed(phone) {
                    let identity = self.store.identity(held.cert, held.purpose);
                    self.store.tell_address(held.device, identity).unwrap();
                }
            }
            Action::Leave { phone } => {
                if let Some(held) = self.managed(phone) {
                    self.store.leave(held.device);
                }
            }
            Action::Idle { phone } => self.report(phone, PhoneAnswer::Idle, None),
            Action::Answer { phone, how, late } => self.answer(phone, how, late),
            Action::Renewed { phone } => {
                if let Some(held) = self.managed(phone) {
                    let purpose = ChallengePurpose::Renew(held.device);
                    let cert = self.store.issue(purpose);
                    self.phones.insert(phone, Held { cert, purpose, ..held });
                }
            }
            Action::Request { phone, kind: number } => {
                if let Some(held) = self.managed(phone) {
                    let (aggregate, context) = (self.store.aggregate_of(held.device), self.store.context());
                    let decided = request_command(&aggregate, held.device, kind(number), &mut self.store.ids, &context);
                    if let Ok((_, change)) = decided {
                        self.store.apply(change);
                    }
                }
            }
            Action::Push { phone, outcome } => self.push(phone, outcome),
            Action::Delete { phone } => {
                if let Some(held) =
                    self.phones.get(&phone).filter(|held| self.store.devices[&held.device].deleted_at.is_none())
                {
                    let (whole, open) = (self.store.aggregate(self.person), self.store.open_commands(held.device));
                    let change = delete_device(&whole, held.device, &open, true, &self.store.context()).unwrap();
                    self.store.apply(change);
                }
            }
            Action::Wait { seconds } => self.store.now = self.store.now.plus_seconds(seconds),
        }
    }

    fn arrive(&mut self, phone: u8, fresh: bool) {
        let purpose = ChallengePurpose::Enroll(self.invitation);
        let same = self.managed(phone).filter(|held| !fresh && held.purpose == purpose);
        let cert = same.map_or_else(|| self.store.issue(purpose), |held| held.cert);
        let device = self.store.arrive(self.person, self.invitation, phone, cert).unwrap();
        if fresh {
            assert_eq!(self.store.open_commands(device), [], "nothing of before survives");
        }
        self.phones.insert(phone, Held { cert, purpose, device, asked: Vec::new() });
    }

    fn answer(&mut self, phone: u8, how: u8, late: bool) {
        let Some(held) = self.managed(phone) else { return };
        let asked = if late { held.asked.first() } else { held.asked.last() };
        let Some(asked) = asked.cloned() else { return };
        let answer = match how {
            0 => PhoneAnswer::NotNow,
            1 => PhoneAnswer::Failed(AgentError { code: "1".to_owned(), message: "No.".to_owned() }),
            _ if asked.command.kind == CommandKind::Inventory {} && asked.part == 0 => information(how == 2, None),
            _ => done(),
        };
        let command = self.store.commands[&asked.command.id].clone();
        self.report(phone, answer, Some(PhoneRequest { command, part: asked.part }));
    }

    fn report(&mut self, phone: u8, answer: PhoneAnswer, request: Option<PhoneRequest>) {
        let Some(held) = self.managed(phone) else { return };
        let identity = self.store.identity(held.cert, held.purpose);
        let is_idle = answer == PhoneAnswer::Idle;
        let next = self.store.report_of(held.device, &identity, answer, request).unwrap();
        if is_idle && self.store.devices[&held.device].state.is_in_use() {
            let waits = self.store.open_commands(held.device).iter().any(|c| c.state != CommandState::Acknowledged);
            assert_eq!(next.is_some(), waits, "what was put off is not lost");
        }
        if let Some(request) = next {
            assert!(request.part < parts(&request.command.kind));
            assert!(!self.store.commands[&request.command.id].state.is_final(), "what has ended is not asked");
            self.phones.get_mut(&phone).unwrap().asked.push(request);
        }
    }

    fn push(&mut self, phone: u8, outcome: u8) {
        let Some(held) = self.managed(phone) else { return };
        let outcome = match outcome {
            0 => PushOutcome::Accepted,
            1 => PushOutcome::Later(self.store.now.plus_seconds(60)),
            _ => PushOutcome::Refused(PushTrouble::NotReachable),
        };
        let (aggregate, context) = (self.store.aggregate_of(held.device), self.store.context());
        let enrollment = self.store.apple.enrollments[&held.device].clone();
        let sent = SentPush { at: context.now, due_at: enrollment.push_due_at, outcome };
        let change = record_push(&aggregate, &enrollment, &sent, &context).unwrap();
        self.store.apply(change);
    }

    fn check(&self) {
        self.store.check();
        for (id, device) in &self.store.devices {
            let Some(enrollment) = self.store.apple.enrollments.get(id) else { continue };
            let is_gone = device.deleted_at.is_some() || device.state == DeviceState::Unenrolled;
            let is_ended = enrollment.state == EnrollmentState::Ended;
            assert!(is_ended || !is_gone, "an enrollment ends with its device: {:?}", device.state);
            assert!(!is_ended || is_gone || !device.state.is_in_use(), "and not before: {:?}", device.state);
            if is_ended {
                assert_eq!(self.store.apple.valid(*id), [], "its certificates are not accepted any more");
                assert!(enrollment.address.is_none() && enrollment.push_due_at.is_none());
            }
            if device.state == DeviceState::Active && !is_gone {
                assert!(enrollment.address.is_some() && device.inventory_at.is_some(), "active is more than connected");
            }
        }
        let managed: Vec<_> =
            self.store.apple.enrollments.values().filter(|row| row.state != EnrollmentState::Ended).collect();
        let mut udids: Vec<_> = managed.iter().map(|row| row.udid_hash.0).collect();
        udids.sort_unstable();
        udids.dedup();
        assert_eq!(udids.len(), managed.len(), "one device for a phone");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_breaks_a_rule_about_phones(actions in prop::collection::vec(action(), 1..60)) {
        let mut world = World::new();
        for action in &actions {
            world.run(action);
            world.check();
        }
    }
}
