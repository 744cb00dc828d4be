//! The enrollment profile: the file by which a phone puts itself under management.

use super::challenges::ChallengeFor;
use crate::{Rollcall, ServiceError, ServiceResult};
use apple::{
    profile::{Profile, Rights, identifier},
    secret::Secret,
};
use domain::{
    apple::ChallengePurpose,
    device::Ownership,
    invitation::Invitation,
    types::{ids::DeviceId, text::Locale},
};
use i18n::{Arg, Language};
use uuid::Uuid;

/// What phones show of the profile, in the language of its person.
struct Words {
    title: String,
    description: String,
    consent: String,
}

impl Words {
    fn in_language(locale: &Locale, organization: &str) -> Self {
        let language = Language::of_tag(locale.as_str()).unwrap_or_default();
        let text = |key| language.text_with(key, &[("organization", Arg::Text(organization))]);
        Self {
            title: text("profile-title"),
            description: text("profile-description"),
            consent: text("profile-consent"),
        }
    }
}

/// Why there is no profile.
#[derive(Debug, thiserror::Error)]
pub enum NoProfile {
    /// The person chose no iPhone or iPad.
    #[error("another platform was chosen")]
    OtherPlatform,
    /// The organisation has no push certificate, or it has expired.
    #[error("there is no push certificate")]
    NoPushCertificate,
    /// The invitation is not active, or something failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Rollcall {
    /// The profile of an invitation, as a file. Fetching it consumes nothing: it is the same one until a phone has enrolled
    /// with it. `is_phone`: whether a phone seems to fetch it, which the person's page then shows.
    ///
    /// # Errors
    /// See [`NoProfile`].
    pub async fn enrollment_profile(&self, token: &str, is_phone: bool) -> Result<Vec<u8>, NoProfile> {
        let invitation = self.active_by_token(token).await?;
        let acceptance = invitation.acceptance.as_ref().filter(|chosen| chosen.platform.is_apple());
        let acceptance = acceptance.ok_or(NoProfile::OtherPlatform)?;
        let topic = self.apple_topic().await?.ok_or(NoProfile::NoPushCertificate)?;
        let rights = match acceptance.ownership {
            Ownership::Company => Rights::COMPANY,
            Ownership::Personal => Rights::PERSONAL,
        };
        let wanted = ChallengeFor {
            purpose: ChallengePurpose::Enroll(invitation.id),
            ownership: acceptance.ownership,
            platform: acceptance.platform,
            rights: rights.bits(),
        };
        let (id, challenge) = self.apple_challenge(wanted).await?;
        let file = self.write_profile(&challenge, &topic, rights, &self.words_of(&invitation).await?)?;
        let file = self.sign_profile(file).await?;
        if is_phone {
            self.store.note_fetched(id, self.environment.now()).await.map_err(ServiceError::from)?;
        }
        Ok(file)
    }

    /// The profile by which a device renews its certificate: the same as before, with the same rights or fewer.
    pub(super) async fn renewal_of(&self, device: DeviceId) -> ServiceResult<Secret<Vec<u8>>> {
        let aggregate = self.store.load_device(device).await?.ok_or(ServiceError::NotFound)?;
        let known = aggregate.device(device).ok_or(ServiceError::NotFound)?;
        let enrollment = self.store.find_apple_enrollment(device).await?.ok_or(ServiceError::NotFound)?;
        let topic = self.apple_topic().await?.ok_or(ServiceError::NotFound)?;
        let rights = Rights::from_bits(enrollment.rights);
        let wanted = ChallengeFor {
            purpose: ChallengePurpose::Renew(device),
            ownership: known.ownership,
            platform: known.platform,
            rights: rights.bits(),
        };
        let (_, challenge) = self.apple_challenge(wanted).await?;
        let words = Words::in_language(&aggregate.person.locale, &self.apple_organization());
        // Signed like the first one: iOS replaces a signed profile by a signed one.
        Ok(Secret::new(self.sign_profile(self.write_profile(&challenge, &topic, rights, &words)?).await?))
    }

    /// The identifier of the profile: a profile is replaced and removed by it.
    pub(super) fn apple_profile_identifier(&self) -> String {
        identifier(self.settings.public_url.host_str().unwrap_or("localhost"))
    }

    async fn words_of(&self, invitation: &Invitation) -> ServiceResult<Words> {
        let aggregate = self.store.load_person(invitation.person_id).await?.ok_or(ServiceError::NotFound)?;
        Ok(Words::in_language(&aggregate.person.locale, &self.apple_organization()))
    }

    fn write_profile(
        &self,
        challenge: &Secret<String>,
        topic: &str,
        rights: Rights,
        words: &Words,
    ) -> ServiceResult<Vec<u8>> {
        let base = self.settings.public_base();
        let profile = Profile {
            installation: self.apple_installation(),
            identifier: &self.apple_profile_identifier(),
            display_name: &words.title,
            organization: &self.apple_organization(),
            description: &words.description,
            consent: &words.consent,
            scep_url: &format!("{base}/apple/scep"),
            challenge,
            topic,
            server_url: &format!("{base}/apple/mdm"),
            rights,
        };
        profile.write().map_err(|error| ServiceError::internal(&error))
    }

    /// The installation, which the UUIDs of a profile's payloads are made from: iOS knows a profile by them.
    fn apple_installation(&self) -> Uuid {
        let hash = self.keys.hash("apple installation", self.settings.public_base());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.0[..16]);
        Uuid::new_v8(bytes)
    }
}
