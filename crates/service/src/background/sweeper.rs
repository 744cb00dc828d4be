//! The sweeper: records changes that only the passing of time causes. Silent devices, stalled enrollments, expired
//! invitations and expired commands.

use crate::{Rollcall, ServiceError, ServiceResult};
use domain::{actor::Actor, decide, invitation::DeactivationReason};

/// Most rows of each kind in one sweep; the rest is left for the next one.
const BATCH: u32 = 500;

impl Rollcall {
    /// Runs one sweep. A worker calls it every half minute; tests call it after they moved the clock.
    pub async fn sweep(&self) -> ServiceResult<()> {
        // Each kind for itself.
        let kinds = [self.record_silent_devices().await, self.expire_invitations().await, self.expire_commands().await];
        kinds.into_iter().collect()
    }

    async fn record_silent_devices(&self) -> ServiceResult<()> {
        let (now, thresholds) = (self.environment.now(), self.settings.thresholds);
        let silent_before = now.plus_seconds(-thresholds.silent_after_s);
        let stalled_before = now.plus_seconds(-thresholds.stalled_after_s);
        for id in self.store.silent_devices(silent_before, stalled_before, BATCH).await? {
            skip_gone(
                self.decide_device(Actor::System, id, |a, _, context| {
                    Ok(((), decide::record_silence(a, id, thresholds, context)?))
                })
                .await,
            )?;
        }
        Ok(())
    }

    async fn expire_invitations(&self) -> ServiceResult<()> {
        for (person, id) in self.store.expired_invitations(self.environment.now(), BATCH).await? {
            skip_gone(self.end_invitation(Actor::System, person, id, DeactivationReason::Expired).await)?;
        }
        Ok(())
    }

    async fn expire_commands(&self) -> ServiceResult<()> {
        for command in self.store.expired_commands(self.environment.now(), BATCH).await? {
            let (device, id) = (command.device_id, command.id);
            let command = move || self.known_command(id);
            skip_gone(
                self.decide_device_on(Actor::System, device, command, |a, command, _, context| {
                    Ok(((), decide::expire_command(a, &command, context)?))
                })
                .await,
            )?;
        }
        Ok(())
    }
}

/// Ignores what concerns one row alone: it was changed in the meantime, so that there may be nothing left to do, or it cannot
/// be read, which the log says. What is still due is found by the next round. Only an outage of the database ends the round.
pub(crate) fn skip_gone<T>(result: ServiceResult<T>) -> ServiceResult<Option<T>> {
    match result {
        Err(error @ (ServiceError::DatabaseDown | ServiceError::Unconfirmed)) => Err(error),
        Err(_) => Ok(None),
        Ok(value) => Ok(Some(value)),
    }
}
