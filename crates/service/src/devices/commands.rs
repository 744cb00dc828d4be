//! Commands: requested by admins, offered to devices, and answered by them.

use super::slots::command_view;
use crate::{Rollcall, ServiceError, ServiceResult, live::Handover};
use domain::{
    actor::Actor,
    decide,
    device::command::{Command, CommandKind},
    protocol::{CommandOffer, CommandResult},
    types::ids::{CommandId, DeviceId},
    views::CommandView,
};
use std::sync::Arc;
use tracing::Instrument as _;

/// Most commands that one poll returns.
const OFFERED_AT_ONCE: u32 = 16;

impl Rollcall {
    /// Requests a command of a device, and returns it. It runs to completion even if the caller stops waiting.
    ///
    /// # Errors
    /// The device was deleted or is unenrolled, or a parameter is out of bounds.
    pub async fn request_command(
        self: &Arc<Self>,
        actor: Actor,
        id: DeviceId,
        kind: CommandKind,
    ) -> ServiceResult<CommandView> {
        let rollcall = Arc::clone(self);
        // What is offered at once has to be handed over, too.
        let request = async move {
            match rollcall.hub.polls.expect(id) {
                Some(handover) => rollcall.request_and_hand_over(actor, id, kind, handover).await,
                None => rollcall.request_for_later(actor, id, kind).await,
            }
        };
        let requested = tokio::spawn(request.in_current_span());
        requested.await.map_err(|error| ServiceError::internal(&error))?.map(command_view)
    }

    async fn request_for_later(&self, actor: Actor, id: DeviceId, kind: CommandKind) -> ServiceResult<Command> {
        self.decide_device(actor, id, |aggregate, ids, context| {
            decide::request_command(aggregate, id, kind.clone(), ids, context)
        })
        .await
    }

    /// Requests a command of a device whose poll waits here. The poll answers with it as soon as it is stored, and reads nothing.
    async fn request_and_hand_over(
        &self,
        actor: Actor,
        id: DeviceId,
        kind: CommandKind,
        handover: Handover<'_>,
    ) -> ServiceResult<Command> {
        let decided = self.decide_device(actor, id, |aggregate, ids, context| {
            decide::request_and_offer_command(aggregate, id, kind.clone(), ids, context)
        });
        let offered = decided.await?;
        if !handover.hand(offer(offered.clone())) {
            // Requested it is. Without this the device hears of it when the lease ends.
            if let Err(error) = self.take_back_offer(&offered).await {
                tracing::warn!(command = %offered.id, %error, "A command that was offered too late waits for its lease to end");
            }
        }
        Ok(offered)
    }

    /// Offers a command again that found no poll.
    async fn take_back_offer(&self, offered: &Command) -> ServiceResult<()> {
        let (id, device) = (offered.id, offered.device_id);
        let stored = move || self.known_command(id);
        self.decide_device_on(Actor::System, device, stored, |aggregate, stored, _, context| {
            Ok(((), decide::take_back_offer(aggregate, offered, &stored, context)))
        })
        .await?;
        self.hub.polls.wake(device);
        Ok(())
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
