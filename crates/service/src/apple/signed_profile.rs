//! Signed profiles: phones show them as verified when the certificate is one that they trust.

use super::authority::moment;
use crate::{Rollcall, ServiceError, ServiceResult, settings::ProfileSigning};
use apple::profile::{ProfileSigner, SignerError};
use std::{fs::File, io::Read as _, path::Path};
use time::OffsetDateTime;

/// The longest file that is read, in bytes.
const FILE_MAX: u64 = 64 * 1024;

/// Why profiles are not signed although they should be.
#[derive(Debug, thiserror::Error)]
enum Unsigned {
    #[error("{0}")]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Signer(#[from] SignerError),
    #[error("the key made no signature")]
    Signature,
}

impl Rollcall {
    /// Looks whether profiles can be signed, and says so in the log when they should be and cannot.
    pub async fn check_profile_signing(&self) {
        // The result of the trial is of no use.
        let _ = self.sign_profile(Vec::new()).await;
    }

    /// A profile, signed if a certificate for that is set. Its files are read each time: whoever renews the certificate
    /// has nothing else to do. A phone takes a profile without a signature as well, so a fault stops nobody.
    pub(super) async fn sign_profile(&self, profile: Vec<u8>) -> ServiceResult<Vec<u8>> {
        let Some(files) = self.settings.profile_signing.clone() else { return Ok(profile) };
        let now = moment(self.environment.now());
        let made = tokio::task::spawn_blocking(move || match signed(&files, &profile, now) {
            Ok(signed) => signed,
            Err(error) => {
                let (certificate, key) = (files.certificate.display(), files.key.display());
                tracing::warn!(%error, %certificate, %key, "The profile of Apple devices is not signed");
                profile
            }
        });
        made.await.map_err(|error| ServiceError::internal(&error))
    }
}

fn signed(files: &ProfileSigning, profile: &[u8], now: OffsetDateTime) -> Result<Vec<u8>, Unsigned> {
    let signer = ProfileSigner::read(&read(&files.certificate)?, &read(&files.key)?, now)?;
    signer.sign(profile, now).map_err(|_| Unsigned::Signature)
}

/// A file up to what is more than enough: somebody may have named a device or a log.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(FILE_MAX + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
