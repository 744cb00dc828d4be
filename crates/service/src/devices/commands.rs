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
/// Attempts at one commit before giving up on version conflicts.
const MAX_TRIES: u32 = 8;

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
        let command = self.store.find_command(id).await?.ok_or(ServiceError::NotFound)?;
        self.decide_device(actor, command.device_id, |aggregate, _, context| {
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
        for _ in 0..MAX_TRIES {
            let aggregate = self.store.load_device(id).await?.ok_or(ServiceError::WrongCredentials)?;
            let context = self.context(Actor::Device);
            let waiting = self.store.waiting_commands(id, context.now, OFFERED_AT_ONCE).await?;
            if waiting.is_empty() {
                return Ok(Vec::new());
            }
            let (offered, change) = decide::offer_commands(&aggregate, id, waiting, &context)?;
            if self.try_commit(change).await?.is_some() {
                return Ok(offered.into_iter().map(offer).collect());
            }
        }
        Err(ServiceError::Unavailable)
    }

    /// Records a device's answer to a command. Idempotent.
    ///
    /// # Errors
    /// The device has no such command, or is about to start one that was cancelled or has expired.
    pub async fn command_result(&self, id: DeviceId, command: CommandId, result: CommandResult) -> ServiceResult<()> {
        for _ in 0..MAX_TRIES {
            let found =
                self.store.find_command(command).await?.filter(|c| c.device_id == id).ok_or(ServiceError::NotFound)?;
            let aggregate = self.store.load_device(id).await?.ok_or(ServiceError::NotFound)?;
            let change = decide::record_result(&aggregate, &found, &result, &self.context(Actor::Device))?;
            if self.try_commit(change).await?.is_some() {
                return Ok(());
            }
        }
        Err(ServiceError::Unavailable)
    }
}

fn offer(command: Command) -> CommandOffer {
    CommandOffer { uuid: command.id, kind: command.kind, expires_at: command.expires_at }
}
