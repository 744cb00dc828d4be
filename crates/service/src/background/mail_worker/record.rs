//! Recording what became of a mail, now or after a failure.

use super::{INTERRUPTED, MailWorker, Outcome, UNREADABLE_AGAIN_S};
use crate::{ServiceError, ServiceResult};
use domain::{
    actor::Actor,
    aggregate::PersonAggregate,
    decide,
    mail::{Attempt, Mail},
    types::ids::PersonId,
};
use store::StoreError;

/// How often mails of servers that are gone are looked for, in seconds.
const LOOK_EVERY_S: i64 = 20;

impl MailWorker {
    /// Records what became of the claimed mail, and of those that were being sent when the process or an earlier worker
    /// ended.
    pub(super) async fn settle(&mut self) -> ServiceResult<()> {
        let is_due = self.recover_at.is_some_and(|at| at <= self.rollcall.environment.now());
        // The claimed mail is being sent, too, and is no leftover.
        if is_due && self.claimed.is_none() {
            let now = self.rollcall.environment.now();
            self.recover_at = self.rollcall.servers.is_shared().then(|| now.plus_seconds(LOOK_EVERY_S));
            if let Err(error) = self.fail_interrupted().await {
                self.recover_at = Some(now);
                return Err(error);
            }
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
    async fn fail_interrupted(&mut self) -> ServiceResult<()> {
        for mail in self.interrupted().await? {
            // Another server may have claimed it instead, and sent it before it was gone.
            let is_own = mail.claimed_by == Some(self.rollcall.servers.id());
            let is_sent = !is_own || self.claiming != Some(mail.id);
            let outcome = if is_sent { Outcome::Interrupted } else { Outcome::NotTried };
            self.record(&mail, &outcome).await?;
        }
        Ok(())
    }

    /// Mails that nobody is sending any more: those of this server and, if it leads, those of servers that are gone.
    async fn interrupted(&self) -> ServiceResult<Vec<Mail>> {
        let mut sending = self.rollcall.store.sending_mails().await?;
        let servers = &self.rollcall.servers;
        if servers.is_shared() && !sending.is_empty() {
            // Read after the mails: whoever claimed one was there before.
            let live = self.rollcall.store.live_servers().await?;
            let is_gone = |server| servers.leads() && !live.contains(&server);
            sending.retain(|mail| mail.claimed_by.is_none_or(|server| server == servers.id() || is_gone(server)));
        }
        Ok(sending)
    }

    /// Whether nothing has been recorded since this mail was claimed.
    async fn is_being_sent(&self, mail: &Mail) -> ServiceResult<bool> {
        let sending = self.rollcall.store.sending_mails().await?;
        Ok(sending.iter().any(|other| other.id == mail.id && other.version == mail.version))
    }

    /// Records what became of a mail.
    async fn record(&mut self, mail: &Mail, outcome: &Outcome) -> ServiceResult<()> {
        let recorded = self
            .rollcall
            .decide_person(Actor::System, mail.person_id, |aggregate, _, context| {
                let attempt = match outcome {
                    Outcome::Tried(attempt) => attempt.clone(),
                    Outcome::Interrupted => {
                        let (to, reason) = (aggregate.person.email.to_string(), INTERRUPTED.to_owned());
                        Attempt::Interrupted { to, reason }
                    }
                    Outcome::NotTried => Attempt::Held { reason: None, again_at: context.now },
                    Outcome::NotNeeded => return Ok(((), decide::supersede_mail(aggregate, mail, context))),
                };
                Ok(((), decide::record_attempt(aggregate, mail, attempt, context)))
            })
            .await;
        match recorded {
            Err(ServiceError::NotFound | ServiceError::Damaged) => self.set_aside(mail, outcome).await,
            recorded => recorded,
        }
    }

    /// Takes a mail out of the way whose person is gone or cannot be read, so that those behind it are sent. One that may
    /// have arrived is not sent again: what became of it is recorded once the person can be read.
    async fn set_aside(&mut self, mail: &Mail, outcome: &Outcome) -> ServiceResult<()> {
        tracing::error!(mail.id = %mail.id, person.id = %mail.person_id, "Mail {} is set aside: its person cannot be read", mail.id);
        let again_at = self.rollcall.environment.now().plus_seconds(UNREADABLE_AGAIN_S);
        if outcome.may_have_arrived() {
            self.recover_at = Some(again_at);
        } else {
            self.rollcall.try_commit(decide::set_mail_aside(mail, again_at)).await?;
        }
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
