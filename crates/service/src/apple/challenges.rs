//! Challenges: what a phone shows to be issued a certificate.

use crate::{Rollcall, ServiceResult, security::keys::encode_hex};
use apple::secret::Secret;
use domain::{
    apple::{CHALLENGE_LIFE_S, Challenge, ChallengePurpose, RENEWAL_CHALLENGE_LIFE_S},
    device::{Ownership, Platform},
    journal::change::KeyedHash,
    types::ids::AppleChallengeId,
};

const CHALLENGE: &str = "apple challenge";
/// A challenge that is about to expire is not handed out any more, in seconds: the phone needs some time with it.
const LEFT_AT_LEAST_S: i64 = 3600;

/// Downloads of a profile within this time get the same challenge, in seconds: a browser fetches it twice, and whoever has the
/// link cannot make one for each request.
const SAME_DOWNLOAD_S: i64 = 2;

/// What the certificates of a challenge are for.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChallengeFor {
    pub purpose: ChallengePurpose,
    pub ownership: Ownership,
    pub platform: Platform,
    pub rights: u32,
}

impl Rollcall {
    /// The challenge for a purpose: the one that is alive and that no other phone has, or a new one. Those that were handed out
    /// before stay valid.
    pub(super) async fn apple_challenge(
        &self,
        wanted: ChallengeFor,
    ) -> ServiceResult<(AppleChallengeId, Secret<String>)> {
        let now = self.environment.now();
        let latest = self.store.latest_challenge(wanted.purpose).await?;
        let is_same = |known: &Challenge| {
            (known.ownership, known.platform, known.rights) == (wanted.ownership, wanted.platform, wanted.rights)
        };
        // Many phones may enroll by one link at once, and the first that is done ends its challenge: each has its own.
        let is_taken = |known: &Challenge| {
            let is_of_link = matches!(known.purpose, ChallengePurpose::Enroll(_));
            is_of_link && known.fetched_at.is_some_and(|at| now.seconds_since(at) > SAME_DOWNLOAD_S)
        };
        let usable =
            |known: &Challenge| is_same(known) && !is_taken(known) && known.is_alive(now.plus_seconds(LEFT_AT_LEAST_S));
        if let Some(known) = latest.filter(usable) {
            let challenge = self.keys.unseal(&purpose_of(known.id), &known.sealed)?;
            return Ok((known.id, Secret::new(challenge)));
        }
        let (id, challenge) = (AppleChallengeId(self.environment.id()?), encode_hex(&self.environment.bytes::<16>()?));
        let life_s = match wanted.purpose {
            ChallengePurpose::Enroll(_) => CHALLENGE_LIFE_S,
            ChallengePurpose::Renew(_) => RENEWAL_CHALLENGE_LIFE_S,
        };
        let new = Challenge {
            id,
            hash: self.challenge_hash(&challenge),
            sealed: self.keys.seal(&purpose_of(id), &challenge, &self.environment)?,
            purpose: wanted.purpose,
            ownership: wanted.ownership,
            platform: wanted.platform,
            rights: wanted.rights,
            made_at: now,
            expires_at: now.plus_seconds(life_s),
            fetched_at: None,
            issued: 0,
            issued_at: None,
            spent_at: None,
        };
        self.store.save_challenge(&new).await?;
        Ok((id, Secret::new(challenge)))
    }

    /// Finds a challenge. A keyed hash is looked up, so that how long it takes says nothing about the challenge.
    pub(super) fn challenge_hash(&self, challenge: &str) -> KeyedHash {
        self.keys.hash(CHALLENGE, challenge)
    }
}

fn purpose_of(id: AppleChallengeId) -> String {
    format!("{CHALLENGE} {id}")
}
