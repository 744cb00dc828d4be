//! Commands: requested by admins, offered to devices, and answered by them.

use crate::{Rollcall, ServiceError, ServiceResult};
use domain::{
    actor::Actor,
    decide,
    device::command::{Command, CommandKind},
    protocol::{CommandOffer, CommandResult},
    types::ids::{CommandId, DeviceId},
};

/// Most commands that one poll returns.
const OFFERED_AT_ONCE: u32 = 16;

impl Rollcall {
    /// Requests a command of a device.
    ///
    /// # Errors
    /// The device was deleted or is unenrolled, or a parameter is out of bounds.
    pub async fn request_command(&self, actor: Actor, id: DeviceId, kind: CommandKind) -> ServiceResult<CommandId> {
        self.decide_device(actor, id, |aggregate, ids, context| {
            decide::request_command(aggregate, id, kind.clone(), ids, context)
        })
        .await
    }

    /// Cancels a command. A device that has already fetched it may still carry it out.
    ///
    /// # Errors
    /// There is no such command, or it has already finished.
    pub async fn cancel_command(&self, actor: Actor, id: CommandId) -> ServiceResult<()> {
        let device = self.known_command(id).await?.device_id;
        let command = move || self.known_command(id);
        self.decide_device_on(actor, device, command, |aggregate, command, _, context| {
            Ok(((), decide::cancel_command(aggregate, &command, context)?))
        })
        .await
    }

    /// Takes the waiting commands of a device, marks them as offered, and returns them.
    pub(super) async fn offer_waiting(&self, id: DeviceId) -> ServiceResult<Vec<CommandOffer>> {
        let waiting =
            move || async move { Ok(self.store.waiting_commands(id, self.environment.now(), OFFERED_AT_ONCE).await?) };
        let decided = self.decide_device_on(Actor::Device, id, waiting, |aggregate, waiting, _, context| {
            decide::offer_commands(aggregate, id, waiting, context)
        });
        Ok(decided.await?.into_iter().map(offer).collect())
    }

    /// Records a device's answer to a command. Idempotent.
    ///
    /// # Errors
    /// The device has no such command, or is about to start one that was cancelled or has expired.
    pub async fn command_result(&self, id: DeviceId, command: CommandId, result: CommandResult) -> ServiceResult<()> {
        let asked = move || async move {
            let asked = Some(self.known_command(command).await?).filter(|found| found.device_id == id);
            Ok((asked.ok_or(ServiceError::NotFound)?, self.store.open_commands(id).await?))
        };
        self.decide_device_on(Actor::Device, id, asked, |aggregate, (asked, open), _, context| {
            Ok(((), decide::record_result(aggregate, &asked, &open, &result, context)?))
        })
        .await
    }

    pub(crate) async fn known_command(&self, id: CommandId) -> ServiceResult<Command> {
        self.store.find_command(id).await?.ok_or(ServiceError::NotFound)
    }
}

fn offer(command: Command) -> CommandOffer {
    CommandOffer { uuid: command.id, kind: command.kind, expires_at: command.expires_at }
}
