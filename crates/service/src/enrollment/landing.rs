//! The landing page: what it shows, and the signals it reports.

use crate::{Rollcall, ServiceError, ServiceResult};
use domain::{
    actor::Actor,
    apple::ChallengePurpose,
    decide,
    device::{DeviceState, EnrollmentStep, Ownership, Platform},
    invitation::{Acceptance, DeactivationReason, Invitation, OpenSignal, credentials::EnrollmentToken},
    types::{ids::InvitationId, text::Locale},
};

/// What is behind an enrollment URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Landing {
    /// The token belongs to no invitation.
    Unknown,
    /// An invitation that is no longer active.
    Inactive(DeactivationReason),
    /// An active invitation.
    Active(Box<LandingInvitation>),
}

/// An invitation as the landing page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandingInvitation {
    /// Id of the invitation.
    pub invitation_id: InvitationId,
    /// Name of the invited person.
    pub person_name: String,
    /// The person's language.
    pub locale: Locale,
    /// Ownership and platform, once accepted.
    pub acceptance: Option<Acceptance>,
    /// The enrollment URL.
    pub url: String,
    /// The PIN in two groups.
    pub pin: String,
    /// The email that belongs to the PIN.
    pub email: String,
    /// Devices that were enrolled with it, newest first.
    pub devices: Vec<LandingDevice>,
    /// How far an iPhone or iPad is, if one was accepted.
    pub apple: Option<AppleSteps>,
    /// Whether the server hands out the app for Android.
    pub has_android_app: bool,
}

/// How far an iPhone or iPad is before it is a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppleSteps {
    /// Whether iPhones and iPads can be enrolled at all: there is a push certificate.
    pub is_ready: bool,
    /// What has happened.
    pub progress: AppleProgress,
}

/// What has happened with the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppleProgress {
    /// Nothing.
    Nothing,
    /// The profile was downloaded, and can be installed.
    Fetched {
        /// For how many minutes.
        minutes_left: usize,
    },
    /// The profile was downloaded, and not installed in time: iOS has deleted it.
    Lapsed,
    /// It is being installed: the device has its certificate.
    Issued,
    /// It was being installed, and nothing was heard since: iOS takes everything back when a step of it fails.
    Unfinished,
}

/// How long iOS keeps a profile that is not installed, in seconds (since iOS 12.2).
const PROFILE_KEPT_S: i64 = 8 * 60;
/// How long an installation may take from the certificate to the first message of the device, in seconds. iOS sends that
/// message at once, so this allows for a bad network.
const INSTALLATION_S: i64 = 5 * 60;

/// A device as the landing page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandingDevice {
    /// Maker and model.
    pub name: Option<String>,
    /// State of the device.
    pub state: DeviceState,
    /// Current step of its enrollment.
    pub step: EnrollmentStep,
    /// What is missing for it to be active, in words.
    pub missing: Vec<String>,
}

impl Rollcall {
    /// What is behind a token. Read-only: nothing is recorded.
    pub async fn landing(&self, token: &str) -> ServiceResult<Landing> {
        let Some(invitation) = self.find_by_token(token).await? else { return Ok(Landing::Unknown) };
        if let Some(reason) = invitation.refusal(self.environment.now()) {
            return Ok(Landing::Inactive(reason));
        }
        let Some(mut aggregate) = self.store.load_person(invitation.person_id).await? else {
            return Ok(Landing::Unknown);
        };
        // Hardware that is enrolled anew has a newer device.
        aggregate.devices.retain(|d| d.invitation_id == invitation.id && d.state != DeviceState::Replaced);
        aggregate.devices.sort_by_key(|d| std::cmp::Reverse(d.created_at));
        let credentials = self.unseal_credentials(invitation.id).await?;
        let devices = aggregate.devices.iter().map(|device| LandingDevice {
            name: device.info.name(),
            state: device.state,
            step: device.progress.step,
            missing: device.missing(),
        });
        let apple = match invitation.acceptance {
            Some(accepted) if accepted.platform.is_apple() => Some(self.apple_steps(invitation.id).await?),
            _ => None,
        };
        Ok(Landing::Active(Box::new(LandingInvitation {
            apple,
            has_android_app: self.settings.android_app.is_some(),
            invitation_id: invitation.id,
            person_name: aggregate.person.name.to_string(),
            locale: aggregate.person.locale.clone(),
            acceptance: invitation.acceptance,
            url: credentials.token.url(self.settings.public_base()),
            pin: credentials.pin.grouped(),
            email: aggregate.person.email.to_string(),
            devices: devices.collect(),
        })))
    }

    async fn apple_steps(&self, invitation: InvitationId) -> ServiceResult<AppleSteps> {
        let is_ready = self.has_push_certificate().await?;
        let challenge = self.store.latest_challenge(ChallengePurpose::Enroll(invitation)).await?;
        // One that was used belongs to a device that is shown already.
        let challenge = challenge.filter(|challenge| challenge.spent_at.is_none());
        let now = self.environment.now();
        let progress = match challenge.map(|challenge| (challenge.issued_at, challenge.fetched_at)) {
            // A certificate that was issued before the latest download is of an installation that was given up.
            Some((Some(issued), fetched)) if fetched.is_none_or(|fetched| fetched <= issued) => {
                if now.seconds_since(issued) < INSTALLATION_S {
                    AppleProgress::Issued
                } else {
                    AppleProgress::Unfinished
                }
            }
            Some((_, Some(fetched))) => fetched_at(PROFILE_KEPT_S - now.seconds_since(fetched)),
            _ => AppleProgress::Nothing,
        };
        Ok(AppleSteps { is_ready, progress })
    }

    /// Records a fetch of the link on the timeline. It does not change the invitation's state: mail scanners fetch
    /// links as well.
    ///
    /// # Errors
    /// The token belongs to no active invitation.
    pub async fn record_fetch(&self, token: &str, user_agent: &str) -> ServiceResult<()> {
        let invitation = self.active_by_token(token).await?;
        let is_ready = || self.has_push_certificate();
        self.decide_person_on(Actor::System, invitation.person_id, is_ready, |aggregate, is_ready, _, context| {
            Ok(((), decide::record_fetch(aggregate, invitation.id, user_agent, is_ready, context)?))
        })
        .await
    }

    /// Records the first tap, key press or scroll on the page.
    ///
    /// # Errors
    /// The token belongs to no active invitation.
    pub async fn record_interaction(&self, token: &str) -> ServiceResult<()> {
        let invitation = self.active_by_token(token).await?;
        self.decide_person(Actor::Person, invitation.person_id, |aggregate, _, context| {
            Ok(((), decide::open(aggregate, invitation.id, OpenSignal::Interaction, context)?))
        })
        .await
    }

    /// Records the ownership and platform that the person accepted with.
    ///
    /// # Errors
    /// The token belongs to no active invitation.
    pub async fn accept(&self, token: &str, ownership: Ownership, platform: Platform) -> ServiceResult<()> {
        let invitation = self.active_by_token(token).await?;
        let is_ready = || self.has_push_certificate();
        self.decide_person_on(Actor::Person, invitation.person_id, is_ready, |aggregate, is_ready, _, context| {
            Ok(((), decide::accept(aggregate, invitation.id, ownership, platform, is_ready, context)?))
        })
        .await
    }

    /// The invitation that a token belongs to, in any state.
    pub(crate) async fn find_by_token(&self, token: &str) -> ServiceResult<Option<Invitation>> {
        match EnrollmentToken::parse(token) {
            Some(token) => Ok(self.store.find_invitation_by_token(self.token_hash(&token)).await?),
            None => Ok(None),
        }
    }

    pub(crate) async fn active_by_token(&self, token: &str) -> ServiceResult<Invitation> {
        let invitation = self.find_by_token(token).await?.ok_or(ServiceError::NotFound)?;
        match invitation.refusal(self.environment.now()) {
            Some(reason) => Err(decide::Refusal::InvitationInactive(reason).into()),
            None => Ok(invitation),
        }
    }
}

/// A profile that was downloaded and is kept for `left_s` more seconds.
fn fetched_at(left_s: i64) -> AppleProgress {
    match usize::try_from(left_s) {
        Ok(left_s) if left_s > 0 => AppleProgress::Fetched { minutes_left: left_s.div_ceil(60) },
        _ => AppleProgress::Lapsed,
    }
}
