//! The watch: notes what time alone changes. Silent devices, stalled enrollments, invitations and commands whose time
//! has run out.

use crate::{Rollcall, ServiceError, ServiceResult};
use domain::{actor::Actor, decide, invitation::DeactivationReason};

/// Rows that one round looks at of each kind; what is left waits for the next round.
const ROUND: u32 = 500;

impl Rollcall {
    /// One round of the watch. The workers call it every half minute; tests call it after they moved the clock.
    pub async fn sweep(&self) -> ServiceResult<()> {
        self.note_silent_devices().await?;
        self.expire_invitations().await?;
        self.expire_commands().await
    }

    async fn note_silent_devices(&self) -> ServiceResult<()> {
        let (now, thresholds) = (self.environment.now(), self.settings.thresholds);
        let silent_before = now.plus_seconds(-thresholds.silent_after_s);
        let stalled_before = now.plus_seconds(-thresholds.stalled_after_s);
        for id in self.store.silent_devices(silent_before, stalled_before, ROUND).await? {
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
        for (person, id) in self.store.expired_invitations(self.environment.now(), ROUND).await? {
            skip_gone(self.end_invitation(Actor::System, person, id, DeactivationReason::Expired).await)?;
        }
        Ok(())
    }

    async fn expire_commands(&self) -> ServiceResult<()> {
        for command in self.store.expired_commands(self.environment.now(), ROUND).await? {
            let id = command.device_id;
            skip_gone(
                self.decide_device(Actor::System, id, |a, _, context| {
                    Ok(((), decide::expire_command(a, &command, context)?))
                })
                .await,
            )?;
        }
        Ok(())
    }
}

/// Something else ended what was to be ended, or did what was to be done: as good.
pub(crate) fn skip_gone<T>(result: ServiceResult<T>) -> ServiceResult<Option<T>> {
    match result {
        Err(ServiceError::Refused(_) | ServiceError::NotFound | ServiceError::Unavailable) => Ok(None),
        other => other.map(Some),
    }
}
