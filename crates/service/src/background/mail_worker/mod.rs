//! The mail worker. For each due mail of the outbox: claim it, send it, record the attempt. The mail's back-off decides
//! when it is due again, and the outbox's pace whether the mail server is left alone for a while.

mod record;
mod send;

use crate::{
    Rollcall, ServiceResult,
    live::LiveEvent,
    mail::{Pace, transport::Transport},
    supervision::stopped,
};
use domain::{
    Timestamp, decide,
    mail::{Attempt, Mail},
    types::ids::MailId,
};
use std::{collections::HashSet, sync::Arc, time::Duration};
use tokio::sync::watch;

/// Mails that are looked at while nothing waits for its time. One is claimed: an admin has to check each mail that was
/// claimed when the process was killed.
const IMPATIENT_BATCH: u32 = 100;
/// Longest sleep. A mail that was queued by another server with the same database is found after this time at the
/// latest.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// Pause after an internal error.
const ERROR_PAUSE: Duration = Duration::from_secs(5);
/// After how long a mail is tried again that Rollcall itself cannot prepare, in seconds.
const UNREADABLE_AGAIN_S: i64 = 3600;

/// The reason that an admin sees for a mail that was being sent when the process ended.
const INTERRUPTED: &str =
    "Rollcall was stopped while it was sending this mail, so it may or may not have arrived. Resend it if it did not.";

/// Sends the mails of the outbox.
pub(crate) struct MailWorker {
    rollcall: Arc<Rollcall>,
    transport: Transport,
    pace: Pace,
    /// The mail that is claimed, and what became of it once that is known. It stays here until that is recorded.
    claimed: Option<(Mail, Outcome)>,
    /// The mail that is about to be claimed: if the store does not know whether it was, it has not been sent.
    claiming: Option<MailId>,
    /// Whether recording failed, so that it may have happened all the same.
    may_be_recorded: bool,
    /// When to look for mails that were being sent when a process was killed or a worker failed. `None` once all of them
    /// have been dealt with, where no other server can leave any.
    recover_at: Option<Timestamp>,
    /// Mails are sent before they are due, each once: after the start, and when an admin does not want to wait. Holds
    /// those that were tried.
    impatient: Option<HashSet<MailId>>,
}

/// What became of a claimed mail.
#[derive(Clone)]
enum Outcome {
    /// Nothing: it could not be prepared.
    NotTried,
    /// It is not needed any more.
    NotNeeded,
    /// It was tried.
    Tried(Attempt),
    /// It was being sent when the process or the worker ended.
    Interrupted,
}

impl Outcome {
    /// Whether the mail server has the mail, or may have it.
    const fn may_have_arrived(&self) -> bool {
        matches!(self, Self::Interrupted | Self::Tried(Attempt::Sent { .. } | Attempt::Interrupted { .. }))
    }
}

/// What the worker does next.
enum Next {
    /// Look for another mail.
    Again,
    /// Sleep for this long, unless a mail is queued.
    Sleep(Duration),
}

impl MailWorker {
    pub(crate) fn new(rollcall: Arc<Rollcall>) -> Self {
        let transport = Transport::new(&rollcall.settings.mail_route);
        Self {
            rollcall,
            transport,
            pace: Pace::new(),
            claimed: None,
            claiming: None,
            may_be_recorded: false,
            recover_at: Some(Timestamp::from_millis(0)),
            impatient: Some(HashSet::new()),
        }
    }

    /// Runs until `stop` is set.
    pub(crate) async fn run(mut self, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
        loop {
            // Listen before reading the outbox, so that a mail queued in between wakes the worker.
            let rollcall = Arc::clone(&self.rollcall);
            let queued = rollcall.hub.mail.notified();
            let round = self.round(&stop).await;
            if round.is_ok() {
                self.rollcall.worker_states.works("mail");
            }
            let pause = match round {
                Ok(_) if *stop.borrow() => break,
                Ok(Next::Again) => continue,
                Ok(Next::Sleep(pause)) => pause,
                Err(error) => {
                    tracing::error!(%error, "The mail worker failed and will try again");
                    self.rollcall.worker_states.failed("mail").max(ERROR_PAUSE)
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = queued => {}
                () = stopped(&mut stop) => break,
            }
        }
        self.transport.close().await;
        Ok(())
    }

    /// Sends one mail, if one may be sent.
    ///
    /// # Errors
    /// Something could not be read or written: the worker pauses before it tries again.
    async fn round(&mut self, stop: &watch::Receiver<bool>) -> ServiceResult<Next> {
        // 1. Finish what an earlier round, worker or process has left.
        self.settle().await?;
        if self.rollcall.outbox.take_retry() {
            self.impatient = Some(HashSet::new());
            self.pace.retry_now(self.rollcall.environment.now());
        }
        // 2. Find a mail, and whether it may be sent now.
        let now = self.rollcall.environment.now();
        let Some(mail) = self.next_mail(now).await? else {
            self.transport.close().await;
            return Ok(Next::Sleep(self.until_next_due().await.min(self.until_recovery())));
        };
        if let Some(wait_ms) = self.pace.wait_ms(mail.id, now) {
            let wait = Duration::from_millis(u64::try_from(wait_ms).unwrap_or(0));
            return Ok(Next::Sleep(wait.min(LONGEST_SLEEP)));
        }
        // 3. Claim: marks the mail as being sent, so that neither another worker nor a restart sends it again. It fails
        //    when nothing can be written.
        let Some(claimed) = self.claim(&mail).await? else { return Ok(Next::Again) };
        self.claimed = Some((claimed.clone(), Outcome::NotTried));
        if let Some(tried) = &mut self.impatient {
            tried.insert(mail.id);
        }
        // 4. Send, and record what became of it.
        let outcome = self.attempt(&claimed, stop).await?;
        self.claimed = Some((claimed, outcome));
        self.settle().await?;
        self.show_pause();
        Ok(Next::Again)
    }

    /// Claims a mail; `None` when another server was faster, or it is not needed any more.
    async fn claim(&mut self, mail: &Mail) -> ServiceResult<Option<Mail>> {
        let (claimed, change) = decide::claim_mail(mail, self.rollcall.servers.id());
        self.claiming = Some(mail.id);
        match self.rollcall.try_commit(change).await {
            Ok(done) => {
                self.claiming = None;
                Ok(done.map(|_| claimed))
            }
            Err(error) => {
                // It may be claimed all the same: look before the next one.
                self.recover_at = Some(self.rollcall.environment.now());
                Err(error)
            }
        }
    }

    /// The mail to send next.
    async fn next_mail(&mut self, now: Timestamp) -> ServiceResult<Option<Mail>> {
        if let Some(tried) = &self.impatient {
            let all = Timestamp::from_millis(i64::MAX);
            let waiting = self.rollcall.store.due_mails(all, IMPATIENT_BATCH).await?;
            if let Some(mail) = waiting.into_iter().find(|mail| !tried.contains(&mail.id)) {
                return Ok(Some(mail));
            }
            self.impatient = None;
        }
        Ok(self.rollcall.store.due_mails(now, 1).await?.pop())
    }

    /// How long to sleep until the next mail is due.
    async fn until_next_due(&self) -> Duration {
        let next = self.rollcall.store.next_mail_at().await.ok().flatten();
        let ms = next.map(|at| at.as_millis().saturating_sub(self.rollcall.environment.now().as_millis()));
        let until_next = ms.map(|ms| Duration::from_millis(u64::try_from(ms).unwrap_or(0).max(100)));
        until_next.unwrap_or(LONGEST_SLEEP).min(LONGEST_SLEEP)
    }

    /// How long to sleep until mails are looked for that another server left behind.
    fn until_recovery(&self) -> Duration {
        let now = self.rollcall.environment.now();
        let ms = self.recover_at.map(|at| at.as_millis().saturating_sub(now.as_millis()).max(100));
        ms.map_or(LONGEST_SLEEP, |ms| Duration::from_millis(u64::try_from(ms).unwrap_or(0)))
    }

    /// Tells the console when the outbox is paused, or goes on.
    fn show_pause(&self) {
        if self.rollcall.outbox.show(self.pace.pause()) {
            if let Some(pause) = self.pace.pause() {
                let next_try_at = pause.next_try_at.to_rfc3339();
                tracing::warn!(reason = %pause.reason, next_try_at, "The outbox waits for the mail server");
            } else {
                tracing::info!("The mail server takes mails again");
            }
            self.rollcall.hub.send(LiveEvent::OutboxChanged);
        }
    }
}
