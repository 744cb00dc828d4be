//! The header `Mdm-Signature`: how a phone says who it is, when the profile has `SignMessage` (Apple's schema
//! `com.apple.mdm`). It is a detached signature over the body as it is, in base64.

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use crate::{
    algorithm::NoSignature,
    cms::{self, SignedError, Signer, Signing, Verified},
};

/// The name of the header, in lower case as HTTP/2 has it.
pub const HEADER: &str = "mdm-signature";
/// The longest value in bytes.
pub const MAX_HEADER: usize = 16 * 1024;

/// With padding or without: both are understood.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why a header proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// It is longer than [`MAX_HEADER`].
    #[error("longer than {MAX_HEADER} bytes")]
    TooLong,
    /// It is no base64.
    #[error("no base64")]
    NoBase64,
    /// The signature in it is refused.
    #[error("the signature: {0}")]
    Signed(#[from] SignedError),
}

/// Verifies the `header` over the raw `body`, before anything of the body is read.
///
/// Who signed is known then ([`Verified::signer`]). That the certificate was issued here is for the caller to check, by its
/// hash; a signing time is not looked at, and neither is the end of the certificate (trap T12).
pub fn verify(header: &[u8], body: &[u8]) -> Result<Verified, HeaderError> {
    if header.len() > MAX_HEADER {
        return Err(HeaderError::TooLong);
    }
    let message = BASE64.decode(header.trim_ascii()).map_err(|_| HeaderError::NoBase64)?;
    Ok(cms::verify_detached(&message, body)?)
}

/// The value of the header over `body`: the phone's half.
pub fn sign(body: &[u8], signer: &mut impl Signer, signing: &Signing<'_>) -> Result<String, NoSignature> {
    Ok(BASE64.encode(cms::sign_detached(body, signer, signing)?))
}
