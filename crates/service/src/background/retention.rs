//! Removes what is not kept for ever: entries of the journal, mails that have ended, old positions, files that were imported. In
//! small pieces with pauses, so that nobody waits for it.

use crate::{Rollcall, ServiceResult, supervision::stopped};
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, time::sleep};

/// Rows of a piece.
const PIECE: u32 = 500;
/// Pause between two pieces.
const PAUSE: Duration = Duration::from_millis(50);
/// Pause between two rounds. What is removed is days old.
const INTERVAL: Duration = Duration::from_hours(6);

/// What a round removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Entries of the journal.
    pub journal: u64,
    /// Mails.
    pub mails: u64,
    /// Positions of devices.
    pub positions: u64,
}

impl Rollcall {
    /// Removes all that is old by now. A worker calls it now and then; tests call it after they moved the clock. It may be
    /// dropped at any time.
    pub async fn prune(&self) -> ServiceResult<Pruned> {
        let (now, retention) = (self.environment.now(), self.settings.retention);
        self.prune_imports().await?;
        let mut pruned = Pruned::default();
        if let Some(before) = retention.journal_before(now) {
            pruned.journal = in_pieces(|| self.store.prune_journal(before, now, PIECE)).await?;
        }
        if let Some(before) = retention.mails_before(now) {
            pruned.mails = in_pieces(|| self.store.prune_mails(before, PIECE)).await?;
        }
        if let Some(before) = retention.positions_before(now) {
            pruned.positions = self.prune_positions(before).await?;
        }
        if pruned != Pruned::default() {
            let Pruned { journal, mails, positions } = pruned;
            tracing::info!(journal, mails, positions, "Removed what is not kept for ever");
        }
        Ok(pruned)
    }

    async fn prune_positions(&self, before: domain::Timestamp) -> ServiceResult<u64> {
        let (mut after, mut count) = (None, 0);
        loop {
            let pruned = self.store.prune_positions(before, after, PIECE).await?;
            for id in &pruned.removed {
                // Its next report would bring it back.
                self.register.forget(*id);
            }
            count += pruned.removed.len() as u64;
            after = pruned.last;
            if after.is_none() {
                return Ok(count);
            }
            sleep(PAUSE).await;
        }
    }
}

/// Repeats a step until it finds nothing more, and returns how much it did in all.
async fn in_pieces<F: Future<Output = store::StoreResult<u64>>>(step: impl Fn() -> F) -> ServiceResult<u64> {
    let mut count = 0;
    loop {
        let done = step().await?;
        count += done;
        // Fewer than a piece may still be followed by more: the last entry of a piece may be kept.
        if done == 0 {
            return Ok(count);
        }
        sleep(PAUSE).await;
    }
}

pub(super) async fn run_retention(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
    loop {
        tokio::select! {
            round = rollcall.prune() => drop(round?),
            () = stopped(&mut stop) => return Ok(()),
        }
        rollcall.worker_states.works("retention");
        tokio::select! {
            () = sleep(INTERVAL) => {}
            () = stopped(&mut stop) => return Ok(()),
        }
    }
}
