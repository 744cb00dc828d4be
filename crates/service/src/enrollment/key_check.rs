//! Whether the key file and the database belong together.

use crate::{Rollcall, ServiceError, ServiceResult, security::keys::same_hash};
use domain::list::InvitationQuery;

impl Rollcall {
    /// Whether the key belongs to the database. A new database, and one of an older version whose secrets the key opens, are
    /// bound to the key from now on.
    pub async fn is_key_of_database(&self) -> ServiceResult<bool> {
        let check = self.keys.check_value();
        if let Some(known) = self.store.find_key_check().await? {
            return Ok(same_hash(known, check));
        }
        if !self.opens_a_sealed_secret().await? {
            return Ok(false);
        }
        self.store.save_key_check(check).await?;
        Ok(true)
    }

    /// False when a sealed secret of the database is not one of this key. Where there is none, nothing speaks against it.
    async fn opens_a_sealed_secret(&self) -> ServiceResult<bool> {
        for row in self.store.list_invitations(&InvitationQuery::default()).await?.rows {
            match self.unseal_credentials(row.invitation.id).await {
                Ok(_) => return Ok(true),
                Err(ServiceError::NotFound) => {}
                Err(ServiceError::Internal(_)) => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }
}
