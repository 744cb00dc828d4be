//! Sending one mail, and deciding whom a failure is about.

use super::{INTERRUPTED, MailWorker, Outcome, UNREADABLE_AGAIN_S};
use crate::{
    ServiceResult,
    mail::{
        MailContent, Ruling, Trouble, Verdict,
        render::{RenderError, render},
        transport::SendError,
    },
    supervision::stopped,
};
use domain::{
    Timestamp,
    aggregate::PersonAggregate,
    mail::{Attempt, Mail},
};
use i18n::Language;
use lettre::Message;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// How long a mail that is being handed over may take when Rollcall is stopped.
const STOP_GRACE: Duration = Duration::from_secs(3);

/// The reason that an admin sees for a mail whose credentials cannot be read.
const UNREADABLE: &str = "Rollcall cannot read the credentials of this invitation. The server’s log says why.";

impl MailWorker {
    /// Sends a claimed mail.
    pub(super) async fn attempt(&mut self, mail: &Mail, stop: &watch::Receiver<bool>) -> ServiceResult<Outcome> {
        let Some(aggregate) = self.load(mail.person_id).await? else { return Ok(Outcome::NotTried) };
        // The invitation may have ended after the mail was queued; its credentials would be useless.
        let now = self.rollcall.environment.now();
        let is_wanted =
            aggregate.invitation.as_ref().is_some_and(|i| i.id == mail.invitation_id && i.refusal(now).is_none());
        if !is_wanted {
            return Ok(Outcome::NotNeeded);
        }
        let to = aggregate.person.email.to_string();
        let message = match self.message(mail, &aggregate).await {
            Ok(message) => message,
            Err(Unready::Address(reason)) => return Ok(Outcome::Tried(Attempt::Permanent { to, reason })),
            Err(Unready::Rollcall(reason)) => {
                tracing::error!(mail.id = %mail.id, %reason, "Mail {} cannot be prepared", mail.id);
                let again_at = now.plus_seconds(UNREADABLE_AGAIN_S);
                return Ok(Outcome::Tried(Attempt::Held { reason: Some(reason), again_at }));
            }
        };
        // Nothing is locked while the mail server works.
        let name = mail.id.to_string();
        let rollcall = Arc::clone(&self.rollcall);
        let sending = rollcall.outbox.begin_sending();
        let sent = tokio::select! {
            sent = self.transport.send(&name, &message) => Some(sent),
            () = stopped_for(stop.clone(), STOP_GRACE) => None,
        };
        drop(sending);
        let now = self.rollcall.environment.now();
        Ok(Outcome::Tried(match sent {
            Some(Ok(())) => {
                self.pace.accepted(mail.id, now);
                Attempt::Sent { to }
            }
            Some(Err(error)) => self.failed(mail, to, error, now),
            None if self.transport.may_have_arrived() => Attempt::Interrupted { to, reason: INTERRUPTED.to_owned() },
            None => Attempt::Held { reason: None, again_at: now },
        }))
    }

    /// Decides whom a failure is about: it goes on the mail's account, or on that of the mail server.
    fn failed(&mut self, mail: &Mail, to: String, error: SendError, now: Timestamp) -> Attempt {
        let (verdict, reason) = match error {
            SendError::File(error) => (Verdict::Server, format!("the mail could not be written to a file: {error}")),
            SendError::Smtp(trouble) => (Verdict::of(&trouble), reason(trouble)),
        };
        tracing::warn!(mail.id = %mail.id, attempts = mail.attempts, ?verdict, %reason, "Mail {} was not delivered", mail.id);
        let pace = &mut self.pace;
        let again_at = match verdict {
            Verdict::Refused => {
                pace.answered(mail.id, now);
                return Attempt::Permanent { to, reason };
            }
            Verdict::MailboxLater => {
                pace.answered(mail.id, now);
                return Attempt::Transient { reason };
            }
            Verdict::Unknown => {
                pace.is_down(mail.id, now, &reason);
                return Attempt::Transient { reason };
            }
            Verdict::Slower => pace.slower(mail.id, now, &reason),
            Verdict::Server => pace.is_down(mail.id, now, &reason),
            Verdict::Doubtful => match pace.doubtful(mail.id, now, &reason) {
                Ruling::Recipient => return Attempt::Permanent { to, reason },
                Ruling::Again(again_at) => again_at,
            },
        };
        Attempt::Held { reason: Some(reason), again_at }
    }

    /// The mail as it is sent.
    async fn message(&self, mail: &Mail, aggregate: &PersonAggregate) -> Result<Message, Unready> {
        let rollcall = &self.rollcall;
        let credentials = rollcall
            .unseal_credentials(mail.invitation_id)
            .await
            .map_err(|_| Unready::Rollcall(UNREADABLE.to_owned()))?;
        let device = mail.device_id.and_then(|id| aggregate.device(id));
        let content = MailContent {
            kind: mail.kind,
            language: Language::of_tag(aggregate.person.locale.as_str()).unwrap_or_default(),
            mail_id: mail.id,
            person_name: aggregate.person.name.to_string(),
            to: aggregate.person.email.clone(),
            url: credentials.token.url(rollcall.settings.public_base()),
            pin_grouped: credentials.pin.grouped(),
            public_url: rollcall.settings.public_base().to_owned(),
            helpdesk: rollcall.settings.helpdesk.clone(),
            device_name: device.and_then(|d| d.info.name()),
            now: rollcall.environment.now(),
        };
        render(&content, &rollcall.settings.mail_from, &rollcall.settings.mail_templates).map_err(|error| match error {
            RenderError::Address(_) => Unready::Address(error.to_string()),
            _ => Unready::Rollcall(error.to_string()),
        })
    }
}

/// Why a mail cannot be prepared.
enum Unready {
    /// No mail can be sent to this address.
    Address(String),
    /// Something in Rollcall or its settings.
    Rollcall(String),
}

/// What an admin reads: the mail server's words, or ours.
fn reason(trouble: Trouble) -> String {
    if trouble.may_have_arrived {
        return format!("{} – the mail may have arrived", trouble.text);
    }
    trouble.text
}

/// Resolves `grace` after the workers have to stop.
async fn stopped_for(mut stop: watch::Receiver<bool>, grace: Duration) {
    stopped(&mut stop).await;
    tokio::time::sleep(grace).await;
}
