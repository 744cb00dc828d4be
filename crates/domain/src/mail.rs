//! Mails as rows of the outbox.

use crate::{
    Timestamp,
    types::{
        ids::{DeviceId, InvitationId, MailId, PersonId, ServerId},
        text_enum::text_enum,
    },
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What a mail is for.
    MailKind {
        /// Invites a person.
        Invitation = "invitation", "Invitation";
        /// Brings a device back.
        Renew = "renew", "Renew";
    }
}

text_enum! {
    /// The state of a mail.
    MailState {
        /// Waiting for its next attempt.
        Queued = "queued", "Queued";
        /// Being handed to the mail server.
        Sending = "sending", "Sending";
        /// Accepted by the mail server.
        Sent = "sent", "Sent";
        /// Given up.
        Failed = "failed", "Failed";
        /// Not needed any more.
        Superseded = "superseded", "Superseded";
    }
}

/// A mail in the outbox. It holds no text and no address: both are looked up when it is sent, so that a corrected email
/// takes effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Identity; also the left part of its Message-ID.
    pub id: MailId,
    /// The recipient.
    pub person_id: PersonId,
    /// The invitation it carries.
    pub invitation_id: InvitationId,
    /// The device that is renewed.
    pub device_id: Option<DeviceId>,
    /// What it is for.
    pub kind: MailKind,
    /// Its state.
    pub state: MailState,
    /// Attempts so far.
    pub attempts: u32,
    /// Earliest time of the next attempt.
    pub next_attempt_at: Timestamp,
    /// When it was put into the outbox.
    pub created_at: Timestamp,
    /// The server that hands it to the mail server, or was the last to do so.
    pub claimed_by: Option<ServerId>,
    /// Version at which it was read (optimistic concurrency); 0 if not stored yet.
    pub version: u64,
}

/// How an attempt to send a mail ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The server accepted it.
    Sent {
        /// Address it went to.
        to: String,
    },
    /// The recipient's mailbox cannot take it now, or nobody knows whether it arrived: try again later. Counts.
    Transient {
        /// The server's reply.
        reason: String,
    },
    /// The recipient's address was refused for good.
    Permanent {
        /// Address it went to.
        to: String,
        /// The server's reply.
        reason: String,
    },
    /// Rollcall was stopped while it was being handed over: it may have arrived, so it is not sent again by itself.
    Interrupted {
        /// Address it went to.
        to: String,
        /// What to tell the admin.
        reason: String,
    },
    /// The mail server itself was the obstacle, whoever the recipient is, or Rollcall was stopped before the mail was
    /// handed over. Does not count, so nothing is ever given up for it.
    Held {
        /// What the mail server said; `None` when there is nothing to report.
        reason: Option<String>,
        /// When the mail is due again.
        again_at: Timestamp,
    },
}

/// Attempts that count before a mail is given up; with [`retry_delay_s`] that takes about 12 hours.
pub const MAX_ATTEMPTS: u32 = 12;

/// Seconds to the next attempt after `attempts` attempts: exponential backoff from 30 seconds, at most 4 hours.
pub const fn retry_delay_s(attempts: u32) -> i64 {
    let doublings = if attempts == 0 { 0 } else { attempts - 1 };
    let doublings = if doublings > 9 { 9 } else { doublings };
    let delay = 30i64 << doublings;
    if delay > 14_400 { 14_400 } else { delay }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_back_off_up_to_four_hours() {
        assert_eq!(retry_delay_s(1), 30);
        assert_eq!(retry_delay_s(2), 60);
        assert_eq!([retry_delay_s(9), retry_delay_s(10)], [7680, 14_400]);
        // However many there were, and also before the first.
        assert_eq!([retry_delay_s(0), retry_delay_s(1000)], [30, 14_400]);
        assert!((1..40).all(|n| retry_delay_s(n) <= retry_delay_s(n + 1) && retry_delay_s(n) <= 14_400));
    }
}
