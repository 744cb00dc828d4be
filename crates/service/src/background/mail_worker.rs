//! The mail worker. For each due mail of the outbox: claim it, send it, record the attempt. The outbox's back-off
//! decides when a failed mail is due again.

use crate::{
    Rollcall, ServiceError, ServiceResult,
    background::sweeper::skip_gone,
    mail::{MailContent, render::render, transport::Transport},
    supervision::stopped,
};
use domain::{
    actor::Actor,
    aggregate::PersonAggregate,
    decide,
    mail::{Attempt, Mail},
};
use i18n::Language;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Mails that are claimed at once. An admin has to check each mail that was claimed when the process was killed, so
/// this is one.
const BATCH: u32 = 1;
/// Longest sleep. A mail that was queued by another server with the same database is found after this time at the
/// latest.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// Pause after an internal error.
const ERROR_PAUSE: Duration = Duration::from_secs(5);

/// The reason that an admin sees for a mail that was being sent when the process ended.
const INTERRUPTED: &str =
    "Rollcall was stopped while it was sending this mail, so it may or may not have arrived. Resend it if it did not.";

/// Sends the mails of the outbox.
pub(crate) struct MailWorker {
    rollcall: Arc<Rollcall>,
    transport: Transport,
}

impl MailWorker {
    pub(crate) fn new(rollcall: Arc<Rollcall>) -> Self {
        let transport = Transport::new(&rollcall.settings.mail_route);
        Self { rollcall, transport }
    }

    /// Runs until `stop` is set.
    pub(crate) async fn run(self, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
        if let Err(error) = self.fail_interrupted().await {
            tracing::error!(%error, "Mails that were interrupted could not be marked as failed");
        }
        loop {
            // Listen before reading the outbox, so that a mail queued in between wakes the worker.
            let queued = self.rollcall.hub.mail.notified();
            let sent = self.send_due().await;
            if sent.is_ok() {
                self.rollcall.worker_states.works("mail");
            }
            let pause = match sent {
                Ok(true) if *stop.borrow() => return Ok(()),
                Ok(true) => continue,
                Ok(false) => self.until_next_due().await,
                Err(error) => {
                    tracing::error!(%error, "The mail worker failed and will try again");
                    self.rollcall.worker_states.failed("mail").max(ERROR_PAUSE)
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = queued => {}
                () = stopped(&mut stop) => return Ok(()),
            }
        }
    }

    /// Marks mails as failed that were being sent when the process ended. The mail server may have accepted them, so
    /// they are not retried (nobody gets a mail twice) but shown to an admin (nobody is forgotten).
    async fn fail_interrupted(&self) -> ServiceResult<()> {
        for mail in self.rollcall.store.interrupted_mails().await? {
            let attempt = |aggregate: &PersonAggregate| Attempt::Permanent {
                to: aggregate.person.email.to_string(),
                reason: INTERRUPTED.to_owned(),
            };
            skip_gone(self.record(&mail, attempt).await)?;
        }
        Ok(())
    }

    /// Sends the mails that are due; false when there are none.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] when a mail could not be claimed: the worker pauses before it tries again.
    async fn send_due(&self) -> ServiceResult<bool> {
        let due = self.rollcall.store.due_mails(self.rollcall.environment.now(), BATCH).await?;
        for mail in &due {
            // Claim: marks the mail as being sent, so that neither another worker nor a restart sends it again. It fails
            // when the mail was superseded in the meantime, or when nothing can be written.
            let (claimed, change) = decide::claim_mail(mail);
            self.rollcall.try_commit(change).await?.ok_or(ServiceError::Unavailable)?;
            self.send(&claimed).await?;
        }
        Ok(!due.is_empty())
    }

    /// How long to sleep until the next mail is due.
    async fn until_next_due(&self) -> Duration {
        let next = self.rollcall.store.next_mail_at().await.ok().flatten();
        let ms = next.map(|at| at.as_millis() - self.rollcall.environment.now().as_millis());
        let until_next = ms.map(|ms| Duration::from_millis(u64::try_from(ms).unwrap_or(0).max(100)));
        until_next.unwrap_or(LONGEST_SLEEP).min(LONGEST_SLEEP)
    }

    /// Sends a claimed mail and records the attempt.
    async fn send(&self, mail: &Mail) -> ServiceResult<()> {
        let Some(aggregate) = self.rollcall.store.load_person(mail.person_id).await? else { return Ok(()) };
        // The invitation may have ended after the mail was queued; its credentials would be useless.
        let now = self.rollcall.environment.now();
        let is_wanted =
            aggregate.invitation.as_ref().is_some_and(|i| i.id == mail.invitation_id && i.refusal(now).is_none());
        if !is_wanted {
            return self.supersede(mail).await;
        }
        // Nothing is locked while the mail server works.
        let attempt = self.attempt(mail, &aggregate).await?;
        if let Attempt::Transient { reason } | Attempt::Permanent { reason, .. } = &attempt {
            tracing::warn!(mail.id = %mail.id, attempts = mail.attempts, %reason, "Mail {} was not delivered", mail.id);
        }
        // Record: sent, failed for good, or due again after a back-off.
        self.record(mail, |_| attempt.clone()).await
    }

    /// Renders a mail and hands it to the transport. A mail that cannot be rendered fails for good.
    async fn attempt(&self, mail: &Mail, aggregate: &PersonAggregate) -> ServiceResult<Attempt> {
        let rollcall = &self.rollcall;
        let credentials = rollcall.unseal_credentials(mail.invitation_id).await?;
        let to = aggregate.person.email.clone();
        let device = mail.device_id.and_then(|id| aggregate.device(id));
        let content = MailContent {
            kind: mail.kind,
            language: Language::of_tag(aggregate.person.locale.as_str()).unwrap_or_default(),
            mail_id: mail.id,
            person_name: aggregate.person.name.to_string(),
            to: to.clone(),
            url: credentials.token.url(rollcall.settings.public_base()),
            pin_grouped: credentials.pin.grouped(),
            public_url: rollcall.settings.public_base().to_owned(),
            helpdesk: rollcall.settings.helpdesk.clone(),
            device_name: device.and_then(|d| d.info.name()),
            now: rollcall.environment.now(),
        };
        Ok(match render(&content, &rollcall.settings.mail_from, &rollcall.settings.mail_templates) {
            Ok(message) => self.transport.send(&mail.id.to_string(), to.as_str(), message).await,
            Err(error) => Attempt::Permanent { to: to.to_string(), reason: error.to_string() },
        })
    }

    async fn record(
        &self,
        mail: &Mail,
        attempt: impl Fn(&PersonAggregate) -> Attempt + Send + Sync,
    ) -> ServiceResult<()> {
        self.rollcall
            .decide_person(Actor::System, mail.person_id, |aggregate, _, context| {
                Ok(((), decide::record_attempt(aggregate, mail, attempt(aggregate), context)))
            })
            .await
    }

    async fn supersede(&self, mail: &Mail) -> ServiceResult<()> {
        self.rollcall
            .decide_person(Actor::System, mail.person_id, |aggregate, _, context| {
                Ok(((), decide::supersede_mail(aggregate, mail, context)))
            })
            .await
    }
}
