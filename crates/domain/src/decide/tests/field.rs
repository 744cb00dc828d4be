//! A world with one device that is asked for things.

use super::{
    examples::{activated, enrolled, invited},
    world::World,
};
use crate::{
    decide::{Refusal, cancel_command, expire_command, offer_commands, record_result, record_state, request_command},
    device::{
        command::{Command, CommandKind, CommandState},
        lost::LostState,
    },
    journal::{EventKind, change::Change},
    protocol::{CommandResult, ResultStatus, StateReport},
    types::ids::{CommandId, DeviceId},
};

/// A world with one device that works.
pub(super) struct Field {
    pub(super) world: World,
    pub(super) device: DeviceId,
}

impl Field {
    pub(super) fn new() -> Self {
        let (mut world, person) = World::with_person();
        let invitation = invited(&mut world, person, false);
        let device = enrolled(&mut world, person, invitation, 1);
        activated(&mut world, device);
        Self { world, device }
    }

    pub(super) fn ask(&mut self, kind: CommandKind) -> Result<CommandId, Refusal> {
        let (around, context) = (self.world.aggregate_of(self.device), self.world.context());
        let (id, change) = request_command(&around, self.device, kind, &mut self.world.ids, &context)?;
        self.world.apply(change);
        Ok(id)
    }

    pub(super) fn command(&self, id: CommandId) -> Command {
        self.world.commands[&id].clone()
    }

    pub(super) fn state(&self, id: CommandId) -> CommandState {
        self.command(id).state
    }

    pub(super) fn take(&mut self, decided: Result<Change, Refusal>) -> Result<(), Refusal> {
        self.world.apply(decided?);
        Ok(())
    }

    pub(super) fn answer(&mut self, id: CommandId, status: ResultStatus) -> Result<(), Refusal> {
        let result = CommandResult { status, data: None, error: None };
        let decided =
            record_result(&self.world.aggregate_of(self.device), &self.command(id), &result, &self.world.context());
        self.take(decided)
    }

    pub(super) fn cancel(&mut self, id: CommandId) -> Result<(), Refusal> {
        let decided = cancel_command(&self.world.aggregate_of(self.device), &self.command(id), &self.world.context());
        self.take(decided)
    }

    /// What a store hands over: all that is open and not leased.
    pub(super) fn poll(&mut self) -> Vec<CommandId> {
        let now = self.world.now;
        let is_waiting = |c: &&Command| !c.state.is_final() && c.leased_until.is_none_or(|until| until <= now);
        let waiting = self.world.commands.values().filter(is_waiting).cloned().collect();
        let around = self.world.aggregate_of(self.device);
        let (offered, change) = offer_commands(&around, self.device, waiting, &self.world.context()).unwrap();
        self.world.apply(change);
        offered.iter().map(|c| c.id).collect()
    }

    pub(super) fn beat(&mut self, seq: u64, report: StateReport) {
        let report = StateReport { seq, ..report };
        let decided = record_state(&self.world.aggregate_of(self.device), self.device, report, &self.world.context());
        self.take(decided).unwrap();
    }

    pub(super) fn watch(&mut self) {
        let over = |c: &&Command| !c.state.is_final() && c.expires_at <= self.world.now;
        let due: Vec<Command> = self.world.commands.values().filter(over).cloned().collect();
        for command in due {
            let decided = expire_command(&self.world.aggregate_of(self.device), &command, &self.world.context());
            self.take(decided).unwrap();
        }
    }

    pub(super) fn lost(&self) -> LostState {
        self.world.devices[&self.device].lost.state()
    }

    pub(super) fn told(&self, is_it: impl Fn(&EventKind) -> bool) -> usize {
        self.world.journal.iter().filter(|entry| is_it(&entry.kind)).count()
    }
}
