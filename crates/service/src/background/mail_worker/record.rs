//! Recording what became of a mail, now or after a failure.

use super::{INTERRUPTED, MailWorker, Outcome, UNREADABLE_AGAIN_S};
use crate::ServiceResult;
use domain::{
    actor::Actor,
    aggregate::PersonAggregate,
    decide,
    mail::{Attempt, Mail},
    types::ids::PersonId,
};
use store::StoreError;

impl MailWorker {
    /// Records what became of the claimed mail, and of those that were being sent when the process or an earlier worker
    /// ended.
    pub(super) async fn settle(&mut self) -> ServiceResult<()> {
        if !self.has_recovered {
            self.fail_interrupted().await?;
            self.has_recovered = true;
        }
        if let Some((mail, outcome)) = self.claimed.clone() {
            let is_recorded = self.may_be_recorded && !self.is_being_sent(&mail).await?;
            self.may_be_recorded = true;
            if !is_recorded {
                self.record(&mail, &outcome).await?;
            }
            (self.claimed, self.may_be_recorded) = (None, false);
        }
        Ok(())
    }

    /// Marks mails as failed that were being sent when the process ended. The mail server may have accepted them, so
    /// they are not retried (nobody gets a mail twice) but shown to an admin (nobody is forgotten).
    ///
    /// One that this worker was about to claim has not been sent.
    async fn fail_interrupted(&self) -> ServiceResult<()> {
        for mail in self.rollcall.store.interrupted_mails().await? {
            let Some(aggregate) = self.load(mail.person_id).await? else { continue };
            let (to, reason) = (aggregate.person.email.to_string(), INTERRUPTED.to_owned());
            let is_sent = self.claiming != Some(mail.id) || self.claimed.is_some();
            let outcome = if is_sent { Outcome::Tried(Attempt::Interrupted { to, reason }) } else { Outcome::NotTried };
            self.record(&mail, &outcome).await?;
        }
        Ok(())
    }

    /// Whether nothing has been recorded since this mail was claimed.
    async fn is_being_sent(&self, mail: &Mail) -> ServiceResult<bool> {
        let sending = self.rollcall.store.interrupted_mails().await?;
        Ok(sending.iter().any(|other| other.id == mail.id && other.version == mail.version))
    }

    /// Records what became of a mail.
    async fn record(&self, mail: &Mail, outcome: &Outcome) -> ServiceResult<()> {
        if self.load(mail.person_id).await?.is_none() {
            return self.set_aside(mail).await;
        }
        self.rollcall
            .decide_person(Actor::System, mail.person_id, |aggregate, _, context| {
                let change = match outcome {
                    Outcome::Tried(attempt) => decide::record_attempt(aggregate, mail, attempt.clone(), context),
                    Outcome::NotTried => {
                        let attempt = Attempt::Held { reason: None, again_at: context.now };
                        decide::record_attempt(aggregate, mail, attempt, context)
                    }
                    Outcome::NotNeeded => decide::supersede_mail(aggregate, mail, context),
                };
                Ok(((), change))
            })
            .await
    }

    /// Takes a mail out of the way whose person is gone or cannot be read, so that those behind it are sent.
    async fn set_aside(&self, mail: &Mail) -> ServiceResult<()> {
        tracing::error!(mail.id = %mail.id, person.id = %mail.person_id, "Mail {} is set aside: its person cannot be read", mail.id);
        let again_at = self.rollcall.environment.now().plus_seconds(UNREADABLE_AGAIN_S);
        self.rollcall.try_commit(decide::set_mail_aside(mail, again_at)).await?;
        Ok(())
    }

    /// A person and all that belongs to them; `None` when they are gone or their rows are damaged.
    pub(super) async fn load(&self, id: PersonId) -> ServiceResult<Option<PersonAggregate>> {
        match self.rollcall.store.load_person(id).await {
            Err(StoreError::Damaged(_)) => Ok(None),
            loaded => Ok(loaded?),
        }
    }
}
