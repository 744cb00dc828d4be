//! Generating the credentials of an invitation, sealing them, and unsealing them to show or mail them.

use crate::{Rollcall, ServiceError, ServiceResult, environment::NoEntropy};
use domain::{
    actor::Actor,
    decide::{self, Refusal},
    invitation::credentials::{Credentials, CredentialsView, EnrollmentToken, Pin},
    journal::change::{KeyedHash, SealedCredentials},
    types::ids::{InvitationId, PersonId},
};

/// Purpose of sealing and hashing tokens.
pub(super) const TOKEN: &str = "invitation token";
const PIN: &str = "invitation pin";

impl Rollcall {
    /// Generates credentials and seals them.
    pub(crate) fn new_credentials(&self) -> Result<SealedCredentials, NoEntropy> {
        let token = EnrollmentToken::from_bytes(self.environment.token_bytes()?);
        let pin = self.new_pin()?;
        Ok(SealedCredentials {
            token_hash: self.token_hash(&token),
            // Keyed with the token as well, so that equal PINs of two invitations have different hashes.
            pin_hash: self.pin_hash(&self.token_hash(&token), &pin),
            token: self.keys.seal(TOKEN, token.expose(), &self.environment)?,
            pin: self.keys.seal(PIN, pin.expose(), &self.environment)?,
        })
    }

    fn new_pin(&self) -> Result<Pin, NoEntropy> {
        loop {
            if let Some(pin) = Pin::from_random(u64::from_le_bytes(self.environment.bytes()?)) {
                return Ok(pin);
            }
        }
    }

    pub(crate) fn token_hash(&self, token: &EnrollmentToken) -> KeyedHash {
        self.keys.hash(TOKEN, token.expose())
    }

    pub(crate) fn pin_hash(&self, token_hash: &KeyedHash, pin: &Pin) -> KeyedHash {
        self.keys.hash(&format!("{PIN} {}", crate::security::keys::encode_hex(&token_hash.0)), pin.expose())
    }

    /// Unseals an invitation's credentials.
    pub(crate) async fn unseal_credentials(&self, id: InvitationId) -> ServiceResult<Credentials> {
        let sealed = self.store.find_credentials(id).await?.ok_or(ServiceError::NotFound)?;
        let token = self.keys.unseal(TOKEN, &sealed.token)?;
        let pin = self.keys.unseal(PIN, &sealed.pin)?;
        let damaged = || ServiceError::internal(&"unsealed credentials cannot be parsed");
        Ok(Credentials {
            token: EnrollmentToken::parse(&token).ok_or_else(damaged)?,
            pin: Pin::parse(&pin).ok_or_else(damaged)?,
        })
    }

    /// The credentials of an active invitation. That `actor` viewed them is written to the journal.
    ///
    /// # Errors
    /// The invitation does not exist or is no longer active.
    pub async fn credentials(&self, actor: Actor, id: InvitationId) -> ServiceResult<CredentialsView> {
        let (person, credentials) = self.active_credentials(id).await?;
        self.decide_person(actor, person, |aggregate, _, context| {
            Ok(((), decide::record_credentials_shown(aggregate, id, context)?))
        })
        .await?;
        Ok(credentials)
    }

    /// The credentials of an active invitation for someone who still looks at `shown`; `None` when they are the same.
    /// Only what was not shown before is written to the journal: a view that stands open is one look.
    ///
    /// # Errors
    /// The invitation does not exist or is no longer active.
    pub async fn credentials_again(
        &self,
        actor: Actor,
        id: InvitationId,
        shown: &CredentialsView,
    ) -> ServiceResult<Option<CredentialsView>> {
        // Who names the credentials has seen them: the entry of the first look stands for this one, too.
        if self.active_credentials(id).await?.1 == *shown {
            return Ok(None);
        }
        self.credentials(actor, id).await.map(Some)
    }

    /// The person of an active invitation, and its credentials.
    async fn active_credentials(&self, id: InvitationId) -> ServiceResult<(PersonId, CredentialsView)> {
        let row = self.invitation(id).await?;
        if let Some(reason) = row.invitation.refusal(self.environment.now()) {
            return Err(Refusal::InvitationInactive(reason).into());
        }
        let credentials = self.unseal_credentials(id).await?;
        let url = credentials.token.url(self.settings.public_base());
        let app = self.settings.android_app.as_ref();
        let provisioning = app.and_then(|app| app.provisioning(&self.settings.public_url, &url));
        let view = CredentialsView { url, pin: credentials.pin.grouped(), email: row.email, provisioning };
        Ok((row.invitation.person_id, view))
    }
}
