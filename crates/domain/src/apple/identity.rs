//! Challenges and certificates: what a phone was issued, and what for.

use crate::{
    Timestamp,
    device::{Ownership, Platform, UnenrolledBy},
    types::{
        ids::{AppleChallengeId, DeviceId, InvitationId},
        keyed_hash::KeyedHash,
        text_enum::text_enum,
    },
};
use std::fmt;

/// How long a challenge of an invitation is valid, in seconds. The profile can be downloaded again for another one.
pub const CHALLENGE_LIFE_S: i64 = 24 * 3600;
/// The same of a challenge with which a device renews its certificate, in seconds: a phone may be off for days.
pub const RENEWAL_CHALLENGE_LIFE_S: i64 = 7 * 24 * 3600;
/// How many certificates a challenge issues. iOS rolls an installation back and tries again with a new key.
pub const ISSUED_MAX: u32 = 5;

/// SHA-256 of a certificate in DER: how a phone that signs with it is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateHash(pub [u8; 32]);

/// What a certificate is issued for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChallengePurpose {
    /// A phone enrolls with this invitation.
    Enroll(InvitationId),
    /// This device renews its certificate.
    Renew(DeviceId),
}

/// What a phone shows to be issued a certificate. It is part of a profile.
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Identity.
    pub id: AppleChallengeId,
    /// Finds it.
    pub hash: KeyedHash,
    /// The challenge itself, encrypted, to be handed out again.
    pub sealed: Vec<u8>,
    /// What the certificates are for.
    pub purpose: ChallengePurpose,
    /// Who owns the phone, as the person chose.
    pub ownership: Ownership,
    /// iPhone or iPad, as the person chose.
    pub platform: Platform,
    /// The access rights of the profile, as Apple numbers them.
    pub rights: u32,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it issues nothing any more.
    pub expires_at: Timestamp,
    /// When a phone last downloaded its profile.
    pub fetched_at: Option<Timestamp>,
    /// How many certificates were issued.
    pub issued: u32,
    /// When the latest of them was.
    pub issued_at: Option<Timestamp>,
    /// When a phone was enrolled with it: it issues nothing any more.
    pub spent_at: Option<Timestamp>,
}

impl Challenge {
    /// Whether it issues another certificate.
    pub fn is_alive(&self, now: Timestamp) -> bool {
        self.spent_at.is_none() && now < self.expires_at && self.issued < ISSUED_MAX
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Challenge({} …)", self.id)
    }
}

impl From<UnenrolledBy> for RevokedBy {
    fn from(by: UnenrolledBy) -> Self {
        match by {
            UnenrolledBy::Device => Self::Left,
            UnenrolledBy::Admin => Self::Admin,
            UnenrolledBy::EnrolledElsewhere => Self::Superseded,
        }
    }
}

text_enum! {
    /// Why a certificate is not accepted any more.
    RevokedBy {
        /// The phone uses another one.
        Superseded = "superseded", "another certificate";
        /// The phone left.
        Left = "left", "the device";
        /// The phone was erased.
        Wiped = "wiped", "a wipe";
        /// An admin removed the phone: it is told that it is not managed any more.
        Admin = "admin", "an admin";
    }
}

/// The end of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub by: RevokedBy,
}

/// A certificate that was issued, with what its challenge says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Which one.
    pub cert_hash: CertificateHash,
    /// The challenge that it was issued for.
    pub challenge_id: AppleChallengeId,
    /// What it was issued for.
    pub purpose: ChallengePurpose,
    /// Who owns the phone, as the person chose.
    pub ownership: Ownership,
    /// iPhone or iPad, as the person chose.
    pub platform: Platform,
    /// The access rights of the profile, as Apple numbers them.
    pub rights: u32,
    /// The device that uses it, once one has.
    pub device_id: Option<DeviceId>,
    /// When it expires. A phone goes on signing with it, and is let in.
    pub not_after: Timestamp,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When a phone first signed with it.
    pub first_seen_at: Option<Timestamp>,
    /// When and why it is not accepted any more.
    pub revocation: Option<Revocation>,
}

/// What changes about certificates together with a device. Not versioned: each states its own condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityChange {
    /// A device uses a certificate for the first time. A conflict when another device does.
    Bind {
        /// The certificate.
        cert: CertificateHash,
        /// The device.
        device_id: DeviceId,
        /// When.
        at: Timestamp,
    },
    /// A challenge issues nothing any more, and certificates of it that no phone uses are revoked, except `keep`.
    Spend {
        /// The challenge.
        challenge_id: AppleChallengeId,
        /// The certificate with which the phone enrolled.
        keep: CertificateHash,
        /// When.
        at: Timestamp,
    },
    /// The enrollment of a device ends, if it has one: its certificates are revoked, and how it is reached is forgotten.
    End {
        /// The device.
        device_id: DeviceId,
        /// When and why.
        revocation: Revocation,
    },
    /// The certificates of a device are revoked, except `keep`. One that is revoked already stays as it is.
    Revoke {
        /// The device.
        device_id: DeviceId,
        /// The certificate that stays.
        keep: CertificateHash,
        /// When and why.
        revocation: Revocation,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_challenge_issues_until_it_is_spent_too_old_or_used_up() {
        let now = Timestamp::from_millis(1_700_000_000_000);
        let challenge = Challenge {
            id: AppleChallengeId(Uuid::nil()),
            hash: KeyedHash([7; 32]),
            sealed: vec![7],
            purpose: ChallengePurpose::Enroll(InvitationId(Uuid::nil())),
            ownership: Ownership::Company,
            platform: Platform::Ios,
            rights: 0,
            made_at: now,
            expires_at: now.plus_seconds(CHALLENGE_LIFE_S),
            fetched_at: None,
            issued: ISSUED_MAX - 1,
            issued_at: None,
            spent_at: None,
        };
        assert!(challenge.is_alive(now.plus_seconds(CHALLENGE_LIFE_S - 1)));
        assert!(!challenge.is_alive(now.plus_seconds(CHALLENGE_LIFE_S)), "too old");
        assert!(!Challenge { issued: ISSUED_MAX, ..challenge.clone() }.is_alive(now), "used up");
        assert!(!Challenge { spent_at: Some(now), ..challenge.clone() }.is_alive(now), "spent");
        assert!(!format!("{challenge:?}").contains('7'));
    }
}
