//! A store with one active device, and shorthands for its commands.

use super::{
    examples::{activated, enrolled, invited},
    memory_store::MemoryStore,
};
use crate::{
    decide::{
        Refusal, cancel_command, expire_command, offer_commands, record_result, record_state,
        request_and_offer_command, request_command, take_back_offer,
    },
    device::{
        command::{Command, CommandKind, CommandState},
        lost::LostState,
    },
    journal::{EventKind, change::Change},
    protocol::{CommandResult, ResultStatus, StateReport},
    types::ids::{CommandId, DeviceId},
};

/// A store with one active device.
pub(super) struct DeviceFixture {
    pub(super) store: MemoryStore,
    pub(super) device: DeviceId,
}

impl DeviceFixture {
    pub(super) fn new() -> Self {
        let (mut store, person) = MemoryStore::with_person();
        let invitation = invited(&mut store, person, false);
        let device = enrolled(&mut store, person, invitation, 1);
        activated(&mut store, device);
        Self { store, device }
    }

    pub(super) fn request(&mut self, kind: CommandKind) -> Result<CommandId, Refusal> {
        let (aggregate, context) = (self.store.aggregate_of(self.device), self.store.context());
        let (command, change) = request_command(&aggregate, self.device, kind, &mut self.store.ids, &context)?;
        self.store.apply(change);
        Ok(command.id)
    }

    /// A request while a poll of the device waits.
    pub(super) fn request_and_offer(&mut self, kind: CommandKind) -> Result<Command, Refusal> {
        let (aggregate, context) = (self.store.aggregate_of(self.device), self.store.context());
        let (offered, change) =
            request_and_offer_command(&aggregate, self.device, kind, &mut self.store.ids, &context)?;
        self.store.apply(change);
        Ok(offered)
    }

    /// That poll was gone.
    pub(super) fn take_back(&mut self, offered: &Command) {
        let (aggregate, stored) = (self.store.aggregate_of(self.device), self.command(offered.id));
        let change = take_back_offer(&aggregate, offered, &stored, &self.store.context());
        self.store.apply(change);
    }

    pub(super) fn command(&self, id: CommandId) -> Command {
        self.store.commands[&id].clone()
    }

    pub(super) fn state(&self, id: CommandId) -> CommandState {
        self.command(id).state
    }

    pub(super) fn apply(&mut self, decided: Result<Change, Refusal>) -> Result<(), Refusal> {
        self.store.apply(decided?);
        Ok(())
    }

    pub(super) fn answer(&mut self, id: CommandId, status: ResultStatus) -> Result<(), Refusal> {
        let result = CommandResult { status, data: None, error: None };
        let (aggregate, context) = (self.store.aggregate_of(self.device), self.store.context());
        let decided =
            record_result(&aggregate, &self.command(id), &self.store.open_commands(self.device), &result, &context);
        self.apply(decided)
    }

    pub(super) fn cancel(&mut self, id: CommandId) -> Result<(), Refusal> {
        let decided = cancel_command(&self.store.aggregate_of(self.device), &self.command(id), &self.store.context());
        self.apply(decided)
    }

    /// Offers what a store would load: the open commands without a lease.
    pub(super) fn poll(&mut self) -> Vec<CommandId> {
        let now = self.store.now;
        let is_waiting = |c: &&Command| !c.state.is_final() && c.leased_until.is_none_or(|until| until <= now);
        let waiting = self.store.commands.values().filter(is_waiting).cloned().collect();
        let aggregate = self.store.aggregate_of(self.device);
        let (offered, change) = offer_commands(&aggregate, self.device, waiting, &self.store.context()).unwrap();
        self.store.apply(change);
        offered.iter().map(|c| c.id).collect()
    }

    pub(super) fn heartbeat(&mut self, seq: u64, report: StateReport) {
        let report = StateReport { seq, ..report };
        let decided = record_state(&self.store.aggregate_of(self.device), self.device, report, &self.store.context());
        self.apply(decided).unwrap();
    }

    pub(super) fn sweep(&mut self) {
        let is_due = |c: &&Command| !c.state.is_final() && c.expires_at <= self.store.now;
        let due: Vec<Command> = self.store.commands.values().filter(is_due).cloned().collect();
        for command in due {
            let decided = expire_command(&self.store.aggregate_of(self.device), &command, &self.store.context());
            self.apply(decided).unwrap();
        }
    }

    pub(super) fn lost(&self) -> LostState {
        self.store.devices[&self.device].lost.state()
    }

    pub(super) fn count_entries(&self, matches: impl Fn(&EventKind) -> bool) -> usize {
        self.store.journal.iter().filter(|entry| matches(&entry.kind)).count()
    }
}
