//! A person with an iPhone, and shorthands for what it says.

use super::phone::{done, information};
use crate::{
    apple::{CertificateHash, ChallengePurpose, Identity},
    decide::{
        Refusal,
        apple::{PhoneAnswer, PhoneRequest, PushOutcome, SentPush, record_push},
        request_command,
        tests::{examples::invited, memory_store::MemoryStore},
    },
    device::{
        DeviceState,
        command::{CommandKind, CommandState},
    },
    slot::SlotRow,
    types::ids::{CommandId, DeviceId, InvitationId, PersonId},
};

/// An iPhone, and its certificate.
pub(super) struct Phone {
    pub(super) store: MemoryStore,
    pub(super) person: PersonId,
    pub(super) invitation: InvitationId,
    pub(super) cert: CertificateHash,
    pub(super) id: DeviceId,
}

impl Phone {
    /// One that wants to be managed.
    pub(super) fn arrived() -> Self {
        let (mut store, person) = MemoryStore::with_person();
        let invitation = invited(&mut store, person, false);
        let cert = store.issue(ChallengePurpose::Enroll(invitation));
        let id = store.arrive(person, invitation, 1, cert).unwrap();
        Self { store, person, invitation, cert, id }
    }

    /// One that said how it is reached.
    pub(super) fn enrolled() -> Self {
        let mut phone = Self::arrived();
        phone.store.tell_address(phone.id, phone.identity()).unwrap();
        phone
    }

    /// One that gave its first information.
    pub(super) fn active(supervised: bool) -> Self {
        let mut phone = Self::enrolled();
        let first = phone.idle().unwrap();
        let second = phone.answer(information(supervised, Some(false)), &first).unwrap();
        assert_eq!(phone.answer(done(), &second), None);
        phone.store.check();
        phone
    }

    pub(super) fn identity(&self) -> Identity {
        self.store.identity(self.cert, ChallengePurpose::Enroll(self.invitation))
    }

    pub(super) fn idle(&mut self) -> Option<PhoneRequest> {
        self.wait(1);
        let identity = self.identity();
        self.store.report_of(self.id, &identity, PhoneAnswer::Idle, None).unwrap()
    }

    pub(super) fn answer(&mut self, answer: PhoneAnswer, request: &PhoneRequest) -> Option<PhoneRequest> {
        self.wait(1);
        let identity = self.identity();
        let command = self.store.commands[&request.command.id].clone();
        let request = PhoneRequest { command, part: request.part };
        self.store.report_of(self.id, &identity, answer, Some(request)).unwrap()
    }

    pub(super) fn request(&mut self, kind: CommandKind) -> Result<CommandId, Refusal> {
        let (aggregate, context) = (self.store.aggregate_of(self.id), self.store.context());
        let (command, change) = request_command(&aggregate, self.id, kind, &mut self.store.ids, &context)?;
        self.store.apply(change);
        Ok(command.id)
    }

    pub(super) fn push(&mut self, outcome: PushOutcome) {
        let (aggregate, context) = (self.store.aggregate_of(self.id), self.store.context());
        let enrollment = self.store.apple.enrollments[&self.id].clone();
        let sent = SentPush { at: context.now, due_at: enrollment.push_due_at, outcome };
        let change = record_push(&aggregate, &enrollment, &sent, &context).unwrap();
        self.store.apply(change);
    }

    /// Seconds until the next push.
    pub(super) fn push_in(&self) -> Option<i64> {
        self.store.apple.enrollments[&self.id].push_due_at.map(|at| at.seconds_since(self.store.now))
    }

    pub(super) fn wait(&mut self, seconds: i64) {
        self.store.now = self.store.now.plus_seconds(seconds);
    }

    pub(super) fn state(&self) -> DeviceState {
        self.store.devices[&self.id].state
    }

    pub(super) fn command(&self, id: CommandId) -> CommandState {
        self.store.commands[&id].state
    }

    pub(super) fn row(&self) -> SlotRow {
        self.store.slots[&self.store.devices[&self.id].slot_id].1.clone()
    }
}
