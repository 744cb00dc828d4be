//! The certificate authority of the installation: it names phones. It is made when it is first needed.

use crate::{Rollcall, ServiceError, ServiceResult};
use apple::{
    authority::{Authority, Subject},
    random::{Random, random},
};
use domain::Timestamp;
use std::sync::Arc;
use store::StoredAuthority;
use time::OffsetDateTime;

const KEY: &str = "apple ca key";
/// What the authority is called in the certificates of phones.
const NAME: &str = "Rollcall device authority";

impl Rollcall {
    /// The certificate authority.
    pub(crate) async fn apple_authority(&self) -> ServiceResult<Arc<Authority>> {
        let authority = self.apple_authority.get_or_try_init(|| self.load_apple_authority()).await?;
        Ok(Arc::clone(authority))
    }

    async fn load_apple_authority(&self) -> ServiceResult<Arc<Authority>> {
        let stored = match self.store.find_apple_authority().await? {
            Some(stored) => stored,
            // Of two processes that make one, the first decides.
            None => self.store.make_apple_authority(self.new_apple_authority().await?).await?,
        };
        let key = self.keys.unseal_bytes(KEY, &stored.key_sealed)?;
        let authority = Authority::read(&stored.cert, &key).map_err(|error| ServiceError::internal(&error))?;
        Ok(Arc::new(authority))
    }

    async fn new_apple_authority(&self) -> ServiceResult<StoredAuthority> {
        let (now, mut random) = (self.environment.now(), self.random()?);
        let organization = self.apple_organization();
        let made = tokio::task::spawn_blocking(move || {
            let subject = Subject { organization: &organization, common_name: NAME };
            let authority = Authority::make(subject, moment(now), &mut random)?;
            let key = authority.key_to_pkcs8()?;
            Ok::<_, apple::authority::AuthorityError>((authority.certificate().der().to_vec(), key))
        });
        let made = made.await.map_err(|error| ServiceError::internal(&error))?;
        let (cert, key) = made.map_err(|error| ServiceError::internal(&error))?;
        let key_sealed = self.keys.seal_bytes(KEY, key.as_bytes(), &self.environment)?;
        let public_url = self.settings.public_base().to_owned();
        Ok(StoredAuthority { cert, key_sealed, public_url, made_at: now })
    }

    /// The organisation as phones show it.
    pub(crate) fn apple_organization(&self) -> String {
        self.settings.helpdesk.name.clone().unwrap_or_else(|| "Rollcall".to_owned())
    }

    /// Random numbers for one purpose.
    pub(crate) fn random(&self) -> ServiceResult<Random> {
        Ok(random(self.environment.bytes()?))
    }
}

/// A time as the crate `apple` takes it.
pub(crate) fn moment(at: Timestamp) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at.as_millis().div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
