//! Commands: asked for by admins, fetched and answered by devices.

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

/// Commands that one poll hands over.
const OFFERED_AT_ONCE: u32 = 16;

/// A place among the parked polls, given back when it is dropped.
struct Parking<'a>(&'a AtomicUsize);

impl<'a> Parking<'a> {
    fn take(parked: &'a AtomicUsize, most: usize) -> Option<Self> {
        let place = Self(parked);
        (parked.fetch_add(1, Ordering::SeqCst) < most).then_some(place)
    }
}

impl Drop for Parking<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Rollcall {
    /// Asks a device for something.
    ///
    /// # Errors
    /// The device was deleted or is unenrolled, or a parameter is out of its bounds.
    pub async fn request_command(&self, actor: Actor, id: DeviceId, kind: CommandKind) -> ServiceResult<CommandId> {
        self.decide_device(actor, id, |aggregate, ids, context| {
            decide::request_command(aggregate, id, kind.clone(), ids, context)
        })
        .await
    }

    /// Takes a command back. A device that fetched it already may still carry it out.
    ///
    /// # Errors
    /// There is no such command, or it came to its end.
    pub async fn cancel_command(&self, actor: Actor, id: CommandId) -> ServiceResult<()> {
        let command = self.store.find_command(id).await?.ok_or(ServiceError::NotFound)?;
        self.decide_device(actor, command.device_id, |aggregate, _, context| {
            Ok(((), decide::cancel_command(aggregate, &command, context)?))
        })
        .await
    }

    /// Commands for a device: at once when some wait, else when one is asked for, or none after `wait`.
    ///
    /// # Errors
    /// The device is unenrolled or was deleted; too many polls are parked.
    pub async fn poll_commands(&self, id: DeviceId, wait: Duration) -> ServiceResult<Vec<CommandOffer>> {
        self.decide_device(Actor::Device, id, |aggregate, _, context| {
            Ok(((), decide::record_contact(aggregate, id, context)?))
        })
        .await?;
        let signal = self.hub.wake_signal(id);
        let deadline = tokio::time::sleep(wait);
        tokio::pin!(deadline);
        let mut parking = None;
        loop {
            // Wait for the signal before looking, so that a command requested in between is not missed.
            let woken = signal.notified();
            tokio::pin!(woken);
            woken.as_mut().enable();
            let offers = self.offer_waiting(id).await?;
            if !offers.is_empty() || wait.is_zero() {
                return Ok(offers);
            }
            if parking.is_none() {
                let place = Parking::take(&self.parked_polls, self.settings.max_parked_polls);
                parking = Some(place.ok_or(ServiceError::Unavailable)?);
            }
            tokio::select! {
                () = &mut woken => {}
                () = &mut deadline => return self.offer_waiting(id).await,
            }
        }
    }

    async fn offer_waiting(&self, id: DeviceId) -> ServiceResult<Vec<CommandOffer>> {
        for _ in 0..8 {
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

    /// Records what a device answered; the same answer again changes nothing.
    ///
    /// # Errors
    /// The device has no such command, or is about to begin with one that was taken back or has expired.
    pub async fn command_result(&self, id: DeviceId, command: CommandId, result: CommandResult) -> ServiceResult<()> {
        for _ in 0..8 {
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
