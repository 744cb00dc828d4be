//! Mails: claiming them for sending, and recording the outcome.

use super::{Context, draft::Draft};
use crate::{
    Timestamp,
    aggregate::PersonAggregate,
    invitation::{Delivery, InvitationState},
    journal::{EventKind, change::Change},
    mail::{Attempt, MAX_ATTEMPTS, Mail, MailState, retry_delay_s},
    types::{ids::ServerId, text::clean_text},
};

/// Longest reply of a mail server that is stored, in characters.
const REASON_MAX: usize = 500;

/// Claims a due mail for sending by `server`: it is `sending` from now on, with one more attempt. Returns the mail as it is
/// stored once the change is committed.
pub fn claim_mail(due: &Mail, server: ServerId) -> (Mail, Change) {
    let attempts = due.attempts.saturating_add(1);
    let claimed = Mail { state: MailState::Sending, attempts, claimed_by: Some(server), ..due.clone() };
    let change = Change { mails: vec![claimed.clone()], ..Change::default() };
    (Mail { version: claimed.version + 1, ..claimed }, change)
}

/// Records how an attempt to send `mail` ended. `aggregate` is the mail's person; the invitation may have been replaced
/// since.
pub fn record_attempt(aggregate: &PersonAggregate, mail: &Mail, attempt: Attempt, context: &Context) -> Change {
    let mut draft = Draft::new(aggregate, context);
    let mut mail = mail.clone();
    match attempt {
        Attempt::Sent { to } => record_sent(&mut draft, &mut mail, to),
        Attempt::Permanent { to, reason } => record_failed(&mut draft, &mut mail, to, &reason, false),
        Attempt::Interrupted { to, reason } => record_failed(&mut draft, &mut mail, to, &reason, true),
        Attempt::Transient { reason } if mail.attempts >= MAX_ATTEMPTS => {
            let to = aggregate.person.email.to_string();
            let reason = format!("given up after {} attempts: {reason}", mail.attempts);
            record_failed(&mut draft, &mut mail, to, &reason, true);
        }
        Attempt::Transient { reason } => {
            let again_at = draft.now().plus_seconds(retry_delay_s(mail.attempts));
            record_delayed(&mut draft, &mut mail, again_at, &reason);
        }
        Attempt::Held { reason, again_at } => {
            mail.attempts = mail.attempts.saturating_sub(1);
            match reason {
                Some(reason) => record_delayed(&mut draft, &mut mail, again_at, &reason),
                None => requeue(&mut mail, again_at),
            }
        }
    }
    draft.change.mails.push(mail);
    draft.into_change()
}

/// Postpones a claimed mail of a person who cannot be read, so that nothing but the mail is written.
pub fn set_mail_aside(mail: &Mail, again_at: Timestamp) -> Change {
    let mut mail = Mail { attempts: mail.attempts.saturating_sub(1), ..mail.clone() };
    requeue(&mut mail, again_at);
    Change { mails: vec![mail], ..Change::default() }
}

/// Lets a mail that waits for its next attempt be due at once.
pub fn hurry_mail(waiting: &Mail, now: Timestamp) -> Change {
    Change { mails: vec![Mail { next_attempt_at: now, ..waiting.clone() }], ..Change::default() }
}

/// Removes a mail from the outbox that is no longer needed.
pub fn supersede_mail(aggregate: &PersonAggregate, mail: &Mail, context: &Context) -> Change {
    let mut draft = Draft::new(aggregate, context);
    draft.change.mails.push(Mail { state: MailState::Superseded, ..mail.clone() });
    draft.into_change()
}

fn record_sent(draft: &mut Draft<'_>, mail: &mut Mail, to: String) {
    let now = draft.now();
    mail.state = MailState::Sent;
    set_delivery(draft, mail, Delivery::Sent { at: now });
    if let Some(invitation) = draft.current.invitation.as_mut().filter(|i| i.id == mail.invitation_id) {
        invitation.advance(InvitationState::Sent);
        invitation.sent_at.get_or_insert(now);
    }
    draft.mail_event(mail.invitation_id, mail.device_id, EventKind::MailSent { mail_id: mail.id, mail: mail.kind, to });
}

/// `resend`: nobody refused the address.
fn record_failed(draft: &mut Draft<'_>, mail: &mut Mail, to: String, reason: &str, resend: bool) {
    let reason = clean_text(reason, REASON_MAX);
    mail.state = MailState::Failed;
    set_delivery(draft, mail, Delivery::Failed { at: draft.now(), reason: reason.clone(), resend });
    draft.mail_event(
        mail.invitation_id,
        mail.device_id,
        EventKind::MailFailed { mail_id: mail.id, mail: mail.kind, to, reason },
    );
}

fn requeue(mail: &mut Mail, again_at: Timestamp) {
    mail.state = MailState::Queued;
    mail.next_attempt_at = again_at;
}

fn record_delayed(draft: &mut Draft<'_>, mail: &mut Mail, again_at: Timestamp, reason: &str) {
    let reason = clean_text(reason, REASON_MAX);
    requeue(mail, again_at);
    let is_repeated = draft
        .current
        .invitation
        .as_ref()
        .is_some_and(|i| matches!(&i.delivery, Delivery::Queued { trouble: Some(known), .. } if *known == reason));
    set_delivery(draft, mail, Delivery::Queued { at: mail.created_at, trouble: Some(reason.clone()) });
    // The same reason again is no news: a mail server that is down all night makes one entry.
    if !is_repeated {
        draft.mail_event(mail.invitation_id, mail.device_id, EventKind::MailDelayed { mail_id: mail.id, reason });
    }
}

/// Sets the delivery of the mail's invitation, unless that has been replaced or deactivated since.
fn set_delivery(draft: &mut Draft<'_>, mail: &Mail, delivery: Delivery) {
    if let Some(invitation) = draft.current.invitation.as_mut().filter(|i| i.id == mail.invitation_id) {
        invitation.delivery = delivery;
    }
}
