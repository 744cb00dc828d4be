//! Commands: requested by admins, fetched by devices with a long poll, and answered by them.

use crate::{Rollcall, ServiceError, ServiceResult};
use domain::{
    actor::Actor,
    decide,
    device::command::{Command, CommandKind},
    protocol::{CommandOffer, CommandResult},
    types::ids::{CommandId, DeviceId},
};
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

/// Most commands that one poll returns.
const OFFERED_AT_ONCE: u32 = 16;

/// A permit for one parked poll, returned when it is dropped: also when the device closes the connection.
struct Parking<'a>(&'a AtomicUsize);

impl<'a> Parking<'a> {
    /// Takes a permit; `None` when `limit` polls are parked.
    fn take(parked: &'a AtomicUsize, limit: usize) -> Option<Self> {
        // Counted first and dropped if it is one too many, so that concurrent polls cannot exceed the limit.
        let permit = Self(parked);
        (parked.fetch_add(1, Ordering::SeqCst) < limit).then_some(permit)
    }
}

impl Drop for Parking<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

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

    /// A long poll for commands: returns at once when some are waiting, else as soon as one is requested, or with none
    /// after `wait`.
    ///
    /// # Errors
    /// The device is unenrolled or was deleted; too many polls are parked.
    pub async fn poll_commands(&self, id: DeviceId, wait: Duration) -> ServiceResult<Vec<CommandOffer>> {
        // A poll is a contact too.
        self.decide_device(Actor::Device, id, |aggregate, _, context| {
            Ok(((), decide::record_contact(aggregate, id, context)?))
        })
        .await?;
        let signal = self.hub.wake_signal(id);
        let deadline = tokio::time::sleep(wait);
        tokio::pin!(deadline);
        let mut parking = None;
        loop {
            // Listen for the wake signal before reading, so that a command requested in between is not missed.
            let woken = signal.notified();
            tokio::pin!(woken);
            woken.as_mut().enable();
            let offers = self.offer_waiting(id).await?;
            if !offers.is_empty() || wait.is_zero() {
                return Ok(offers);
            }
            // Park. The permit is held until the poll returns.
            if parking.is_none() {
                let permit = Parking::take(&self.parked_polls, self.settings.max_parked_polls);
                parking = Some(permit.ok_or(ServiceError::Unavailable)?);
            }
            tokio::select! {
                // Read again: another poll of the same device may have taken the command.
                () = &mut woken => {}
                // One last read, in case the wake signal was missed.
                () = &mut deadline => return self.offer_waiting(id).await,
            }
        }
    }

    /// Takes the waiting commands of a device, marks them as offered, and returns them.
    async fn offer_waiting(&self, id: DeviceId) -> ServiceResult<Vec<CommandOffer>> {
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
            Some(self.known_command(command).await?).filter(|found| found.device_id == id).ok_or(ServiceError::NotFound)
        };
        self.decide_device_on(Actor::Device, id, asked, |aggregate, asked, _, context| {
            Ok(((), decide::record_result(aggregate, &asked, &result, context)?))
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
