//! Mails as rows of the outbox.

use crate::{
    Timestamp,
    types::{
        ids::{DeviceId, InvitationId, MailId, PersonId},
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
    /// Where a mail stands.
    MailState {
        /// Waits for its time.
        Queued = "queued", "Queued";
        /// Is being handed to the mail server.
        Sending = "sending", "Sending";
        /// The mail server took it.
        Sent = "sent", "Sent";
        /// Given up.
        Failed = "failed", "Failed";
        /// Not needed any more.
        Superseded = "superseded", "Superseded";
    }
}

/// A mail of the outbox. It holds no text and no address: both are taken when it is sent, so that a corrected email is
/// the one that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Identity; also the left part of its Message-ID.
    pub id: MailId,
    /// Whom it goes to.
    pub person_id: PersonId,
    /// The invitation it carries.
    pub invitation_id: InvitationId,
    /// The device that is renewed.
    pub device_id: Option<DeviceId>,
    /// What it is for.
    pub kind: MailKind,
    /// Where it stands.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it may be tried.
    pub next_attempt_at: Timestamp,
    /// When it was put into the outbox.
    pub created_at: Timestamp,
    /// Version this was read at; 0 for one that is not stored yet.
    pub version: u64,
}

/// How a try to send a mail ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The server took it.
    Sent {
        /// Address it went to.
        to: String,
    },
    /// Try again later.
    Transient {
        /// The server's words.
        reason: String,
    },
    /// The server will never take it.
    Permanent {
        /// Address it went to.
        to: String,
        /// The server's words.
        reason: String,
    },
}

/// How often a mail is tried before it is given up: with [`retry_delay_s`] after about 12 hours.
pub const MAX_ATTEMPTS: u32 = 12;

/// Seconds until the next try after `attempts` tries: doubling from 30 seconds, at most 4 hours.
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
    fn retries_back_off_and_never_more_than_four_hours() {
        assert_eq!(retry_delay_s(1), 30);
        assert_eq!(retry_delay_s(2), 60);
        assert!((1..40).all(|n| retry_delay_s(n) <= retry_delay_s(n + 1) && retry_delay_s(n) <= 14_400));
    }
}
