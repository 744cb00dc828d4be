//! The landing page: what it shows, and the signals it reports.

use crate::{Rollcall, ServiceError, ServiceResult};
use domain::{
    actor::Actor,
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
}

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
        Ok(Landing::Active(Box::new(LandingInvitation {
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

    /// Records a fetch of the link on the timeline. It does not change the invitation's state: mail scanners fetch
    /// links as well.
    ///
    /// # Errors
    /// The token belongs to no active invitation.
    pub async fn record_fetch(&self, token: &str, user_agent: &str) -> ServiceResult<()> {
        let invitation = self.active_by_token(token).await?;
        self.decide_person(Actor::System, invitation.person_id, |aggregate, _, context| {
            Ok(((), decide::record_fetch(aggregate, invitation.id, user_agent, context)?))
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
        self.decide_person(Actor::Person, invitation.person_id, |aggregate, _, context| {
            Ok(((), decide::accept(aggregate, invitation.id, ownership, platform, context)?))
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
