//! The sweeper: records changes that only the passing of time causes. Silent devices, stalled enrollments, expired
//! invitations and expired commands.

use crate::{Rollcall, ServiceResult, error::skip_gone};
use domain::{
    actor::Actor,
    decide::{self, ERASED_AFTER_S},
    invitation::DeactivationReason,
};
use store::SilentBefore;
use tokio::time::Instant;

/// Most rows of each kind in one sweep; the rest is left for the next one.
const BATCH: u32 = 500;
/// Most devices that are compared at the start.
const COMPARED_AT_START: u32 = 10_000;

impl Rollcall {
    /// Runs one sweep. A worker calls it every half minute; tests call it after they moved the clock.
    pub async fn sweep(&self) -> ServiceResult<()> {
        let begun = Instant::now();
        // Each kind for itself.
        let kinds = [
            self.record_silent_devices().await,
            self.ping_quiet_phones().await,
            self.settle_doubtful_twins().await,
            self.expire_invitations().await,
            self.expire_commands().await,
        ];
        self.work_stats.sweeps.observe_duration(begun.elapsed());
        kinds.into_iter().collect()
    }

    async fn record_silent_devices(&self) -> ServiceResult<()> {
        let (now, mut thresholds) = (self.environment.now(), self.settings.thresholds);
        // A phone that nobody can ask to call is not silent.
        if !self.can_push().await? {
            thresholds.apple_silent_after_s = i64::MAX;
        }
        // Only the time counts in which a contact would have been heard.
        let hearing = self.hearing().await;
        let before = |seconds| hearing.cutoff(now, seconds);
        let before = SilentBefore {
            silent: before(thresholds.silent_after_s),
            apple_silent: before(thresholds.apple_silent_after_s),
            stalled: before(thresholds.stalled_after_s),
            erased: before(ERASED_AFTER_S),
        };
        for id in self.store.silent_devices(before, BATCH).await? {
            let open = move || async move { Ok(self.store.open_commands(id).await?) };
            skip_gone(
                self.decide_device_on(Actor::System, id, open, |a, open, _, context| {
                    Ok(((), decide::record_silence(a, id, &open, thresholds, &hearing, context)?))
                })
                .await,
            )?;
        }
        Ok(())
    }

    /// Settles twins of which one has gone, or has not been told.
    async fn settle_doubtful_twins(&self) -> ServiceResult<()> {
        for id in self.store.devices_with_doubtful_twin(BATCH).await? {
            skip_gone(self.settle_pair(id).await)?;
        }
        Ok(())
    }

    /// Compares all devices that share their hardware. A worker calls it at the start.
    pub(crate) async fn compare_all_hardware(&self) -> ServiceResult<()> {
        for id in self.store.devices_with_shared_hardware(COMPARED_AT_START).await? {
            skip_gone(self.compare_hardware(id).await)?;
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
