//! Sends the mails of the outbox, one after the other of each batch, and records how each try ended.

use crate::{
    Rollcall, ServiceResult,
    background::workers::stopped,
    mail::{
        render::{MailContent, render},
        transport::Transport,
    },
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

/// Mails that are claimed together. What is claimed when the process is killed has to be looked at by an admin, so this
/// is one.
const BATCH: u32 = 1;
/// Longest sleep: a mail that another server of the same database queued is found after this time at the latest.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// Pause after a fault of ours.
const FAULT_PAUSE: Duration = Duration::from_secs(5);

/// What an admin reads about a mail that was on its way when the process ended.
const INTERRUPTED: &str =
    "Rollcall was stopped while it handed this mail over, so it may or may not have arrived. Resend if it did not.";

/// Sends mails.
pub(crate) struct MailWorker {
    rollcall: Arc<Rollcall>,
    transport: Transport,
}

impl MailWorker {
    pub(crate) fn new(rollcall: Arc<Rollcall>) -> Self {
        let transport = Transport::new(&rollcall.settings.mail_route);
        Self { rollcall, transport }
    }

    /// Works until it is told to stop.
    pub(crate) async fn run(self, mut stop: watch::Receiver<bool>) {
        if let Err(error) = self.settle_interrupted().await {
            tracing::error!(%error, "Mails that were interrupted could not be settled");
        }
        loop {
            let queued = self.rollcall.hub.mail.notified();
            let pause = match self.send_due().await {
                Ok(true) if *stop.borrow() => return,
                Ok(true) => continue,
                Ok(false) => self.pause().await,
                Err(error) => {
                    tracing::error!(%error, "The mail worker failed and will try again");
                    FAULT_PAUSE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = queued => {}
                () = stopped(&mut stop) => return,
            }
        }
    }

    /// A mail that was being handed over when the process ended may have been accepted: it is not sent again by itself,
    /// but shown, so that nobody gets it twice and nobody is forgotten.
    async fn settle_interrupted(&self) -> ServiceResult<()> {
        for mail in self.rollcall.store.interrupted_mails().await? {
            let attempt = |aggregate: &PersonAggregate| Attempt::Permanent {
                to: aggregate.person.email.to_string(),
                reason: INTERRUPTED.to_owned(),
            };
            self.record(&mail, attempt).await?;
        }
        Ok(())
    }

    /// Sends what is due; false when nothing was.
    async fn send_due(&self) -> ServiceResult<bool> {
        let due = self.rollcall.store.due_mails(self.rollcall.environment.now(), BATCH).await?;
        let mut is_any_claimed = false;
        for mail in &due {
            let (claimed, change) = decide::claim_mail(mail);
            // Not claimed: someone else superseded it in the meantime, or could not write. The pause comes first then.
            if self.rollcall.try_commit(change).await?.is_some() {
                is_any_claimed = true;
                self.send(&claimed).await?;
            }
        }
        Ok(is_any_claimed)
    }

    async fn pause(&self) -> Duration {
        let next = self.rollcall.store.next_mail_at().await.ok().flatten();
        let ms = next.map(|at| at.as_millis() - self.rollcall.environment.now().as_millis());
        let until_next = ms.map(|ms| Duration::from_millis(u64::try_from(ms).unwrap_or(0).max(100)));
        until_next.unwrap_or(LONGEST_SLEEP).min(LONGEST_SLEEP)
    }

    async fn send(&self, mail: &Mail) -> ServiceResult<()> {
        let Some(aggregate) = self.rollcall.store.load_person(mail.person_id).await? else { return Ok(()) };
        let now = self.rollcall.environment.now();
        let is_wanted =
            aggregate.invitation.as_ref().is_some_and(|i| i.id == mail.invitation_id && i.refusal(now).is_none());
        if !is_wanted {
            return self.supersede(mail).await;
        }
        let attempt = self.attempt(mail, &aggregate).await?;
        if let Attempt::Transient { reason } | Attempt::Permanent { reason, .. } = &attempt {
            tracing::warn!(mail.id = %mail.id, attempts = mail.attempts, %reason, "Mail {} was not delivered", mail.id);
        }
        self.record(mail, |_| attempt.clone()).await
    }

    async fn attempt(&self, mail: &Mail, aggregate: &PersonAggregate) -> ServiceResult<Attempt> {
        let rollcall = &self.rollcall;
        let credentials = rollcall.open_credentials(mail.invitation_id).await?;
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
