//! Invitations: the right of one person to enroll any number of devices, until it is deactivated.

pub mod credentials;
pub mod job;

use crate::{
    Timestamp,
    device::{Ownership, Platform},
    types::{
        ids::{InvitationId, PersonId, SlotId},
        text_enum::text_enum,
    },
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Why an invitation enrolls nothing any more.
    DeactivationReason {
        /// An admin deactivated it.
        Manual = "manual", "Deactivated";
        /// A newer invitation took its place.
        Replaced = "replaced", "Replaced";
        /// Its time ran out.
        Expired = "expired", "Expired";
    }
}

text_enum! {
    /// Evidence that a person, not a mail scanner, opened the invitation.
    OpenSignal {
        /// The Accept button of the landing page.
        Accepted = "accepted", "accepted on the landing page";
        /// A tap, key or scroll on the landing page.
        Interaction = "interaction", "someone used the landing page";
        /// A device used the token or the PIN.
        Credential = "credential", "a device used the credentials";
    }
}

/// How far an invitation has come. Only ever moves down this list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum InvitationState {
    /// Made, but no mail was asked for.
    Created,
    /// A mail is on its way out.
    Queued,
    /// The mail server took the mail.
    Sent,
    /// A person opened it.
    Opened,
    /// Enrolls nothing any more.
    Deactivated {
        /// Why.
        reason: DeactivationReason,
        /// Since when.
        #[serde(rename = "deactivated_at")]
        at: Timestamp,
    },
}

impl InvitationState {
    /// True until it is deactivated.
    pub const fn is_active(self) -> bool {
        !matches!(self, Self::Deactivated { .. })
    }

    /// The word that is stored and filtered by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Opened => "opened",
            Self::Deactivated { .. } => "deactivated",
        }
    }

    /// The label that is shown.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Created => "Not sent",
            Self::Queued => "Sending…",
            Self::Sent => "Sent",
            Self::Opened => "Opened",
            Self::Deactivated { reason, .. } => reason.label(),
        }
    }
}

/// What became of the latest mail; stands beside the state and never hides it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Delivery {
    /// No mail was asked for.
    None,
    /// Waiting in the outbox.
    Queued {
        /// Since when.
        at: Timestamp,
        /// What the last try met, when there was one.
        trouble: Option<String>,
    },
    /// The mail server took it.
    Sent {
        /// When.
        at: Timestamp,
    },
    /// Given up.
    Failed {
        /// When.
        at: Timestamp,
        /// The mail server's words.
        reason: String,
        /// Whether nobody refused the address, so that sending it again may help.
        #[serde(default)]
        resend: bool,
    },
}

/// What the person chose on the landing page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Acceptance {
    /// When.
    pub at: Timestamp,
    /// Whose phone it is.
    pub ownership: Ownership,
    /// What phone it is.
    pub platform: Platform,
}

/// That an invitation turned devices away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnedAway {
    /// When: of several within an hour, the first.
    pub at: Timestamp,
    /// The row that says so: one of the invitation's, so that a hundred do not.
    pub slot_id: SlotId,
}

/// The right of one person to enroll devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Identity.
    pub id: InvitationId,
    /// Who is invited.
    pub person_id: PersonId,
    /// Its state.
    pub state: InvitationState,
    /// What became of the latest mail.
    pub delivery: Delivery,
    /// When it was made.
    pub created_at: Timestamp,
    /// When a mail server first accepted a mail of it.
    pub sent_at: Option<Timestamp>,
    /// When a person opened it.
    pub opened_at: Option<Timestamp>,
    /// When its link was last fetched without a sign of a person.
    pub fetched_at: Option<Timestamp>,
    /// What was chosen on the landing page.
    pub acceptance: Option<Acceptance>,
    /// When it expires; `None`: never.
    pub expires_at: Option<Timestamp>,
    /// When an admin lifted the limit on how many devices it enrolls in an hour.
    #[serde(default)]
    pub pace_lifted_at: Option<Timestamp>,
    /// The devices that it turned away because too many came within an hour.
    #[serde(default)]
    pub turned_away: Option<TurnedAway>,
    /// Since when the person waits for a push certificate: without one, no iPhone or iPad can be enrolled.
    #[serde(default)]
    pub waits_for_push_certificate: Option<Timestamp>,
    /// Version at which it was read (optimistic concurrency); 0 if not stored yet.
    pub version: u64,
}

impl Invitation {
    /// A fresh invitation without a mail.
    pub fn new(id: InvitationId, person_id: PersonId, expires_at: Option<Timestamp>, now: Timestamp) -> Self {
        Self {
            id,
            person_id,
            state: InvitationState::Created,
            delivery: Delivery::None,
            created_at: now,
            sent_at: None,
            opened_at: None,
            fetched_at: None,
            acceptance: None,
            expires_at,
            pace_lifted_at: None,
            turned_away: None,
            waits_for_push_certificate: None,
            version: 0,
        }
    }

    /// Why this invitation enrolls no device at `now`; `None` when it does.
    pub fn refusal(&self, now: Timestamp) -> Option<DeactivationReason> {
        match self.state {
            InvitationState::Deactivated { reason, .. } => Some(reason),
            _ if self.expires_at.is_some_and(|end| end <= now) => Some(DeactivationReason::Expired),
            _ => None,
        }
    }

    /// Moves the state forward; never back, and never out of `deactivated`.
    pub(crate) fn advance(&mut self, to: InvitationState) {
        if to > self.state {
            self.state = to;
        }
    }
}
