//! Renewing the certificates of phones, and the address that phones were told.

use crate::{Rollcall, ServiceResult, error::skip_gone};
use domain::{
    actor::Actor,
    decide::{self, apple::RENEW_BEFORE_S},
    journal::change::Change,
    types::ids::DeviceId,
};

/// Phones that are looked at together.
const PAGE: u32 = 200;

/// Phones are enrolled under another address than the one that is set.
#[derive(Debug, thiserror::Error)]
#[error(
    "{count} iPhones and iPads were told to report to {known}, and an iPhone takes no other address: with --public-url {new} \
     every one of them has to be enrolled again. Set the old address, or confirm this with --apple-url-changed"
)]
pub struct UrlChanged {
    count: u64,
    known: String,
    new: String,
}

impl Rollcall {
    /// Asks all phones to renew their certificates for which that is due. A worker calls it every hour.
    pub(crate) async fn renew_identities(&self) -> ServiceResult<()> {
        let before = self.environment.now().plus_seconds(RENEW_BEFORE_S);
        let mut after = None;
        loop {
            let page = self.store.expiring_apple_devices(before, after, PAGE).await?;
            for device in &page {
                skip_gone(self.renew_identity(*device).await)?;
            }
            match page.last() {
                Some(last) if page.len() == PAGE as usize => after = Some(*last),
                _ => return Ok(()),
            }
        }
    }

    async fn renew_identity(&self, device: DeviceId) -> ServiceResult<()> {
        let known = move || async move {
            Ok((self.store.find_apple_enrollment(device).await?, self.store.open_commands(device).await?))
        };
        self.decide_device_on(Actor::System, device, known, |aggregate, (enrollment, open), ids, context| {
            let Some(enrollment) = enrollment else { return Ok(((), Change::default())) };
            Ok(((), decide::apple::renew_identity(aggregate, &enrollment, &open, ids, context)?))
        })
        .await
    }

    /// Checks at the start that phones can still reach this installation. `is_confirmed`: whoever started it knows.
    ///
    /// # Errors
    /// The database cannot be read; or, inside, phones were told another address.
    pub async fn check_apple_url(&self, is_confirmed: bool) -> ServiceResult<Result<(), UrlChanged>> {
        let Some(authority) = self.store.find_apple_authority().await? else { return Ok(Ok(())) };
        let new = self.settings.public_base();
        if authority.public_url == new {
            return Ok(Ok(()));
        }
        let count = self.store.count_apple_enrollments().await?;
        if count > 0 && !is_confirmed {
            return Ok(Err(UrlChanged { count, known: authority.public_url, new: new.to_owned() }));
        }
        self.store.save_apple_url(new).await?;
        Ok(Ok(()))
    }
}
