//! Why a phone got no further.

use crate::protocol::error::ClientError;
use apple::{
    algorithm::NoSignature, authority::AuthorityError, certificate::CertificateError, command::CommandError,
    profile::ProfileError, scep, xml::XmlError,
};

/// Why a phone got no further.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// No answer, or one that cannot be read.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The server answered with another status than phones expect.
    #[error("The server answered {what} with status {status}.")]
    Status {
        /// What was sent.
        what: &'static str,
        /// HTTP status.
        status: u16,
    },
    /// The page led elsewhere instead of handing out a profile.
    #[error("The page hands out no profile.")]
    NoProfile,
    /// The profile is none that a phone installs.
    #[error("The profile: {0}.")]
    Profile(#[from] ProfileError),
    /// The server does not offer what iOS needs.
    #[error("GetCACaps lacks {0}.")]
    Capability(&'static str),
    /// The certificate of the authority cannot be read.
    #[error("The certificate of the authority: {0}.")]
    Authority(#[from] CertificateError),
    /// No certificate was issued.
    #[error("SCEP: {0}.")]
    Scep(#[from] scep::ClientError),
    /// A key or a certificate of the phone's own could not be made.
    #[error("A key of the phone: {0}.")]
    Key(#[from] AuthorityError),
    /// The phone's key does not sign.
    #[error("The phone's key does not sign.")]
    Signature,
    /// A message could not be written.
    #[error("A message could not be written: {0}.")]
    Write(#[from] XmlError),
    /// What the server sent is no command.
    #[error("The server sent no command: {0}.")]
    Command(#[from] CommandError),
    /// The server offered a command again that was put off within the same connection.
    #[error("The server offered a command again that was put off a moment before.")]
    OfferedAgain,
    /// The server said that the phone is not managed any more.
    #[error("The server does not manage this phone any more.")]
    Unenrolled,
}

impl PhoneError {
    /// Whether the same message may be taken later.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Client(error) => error.is_transient(),
            Self::Status { status, .. } => *status == 429 || *status >= 500,
            _ => false,
        }
    }
}

impl From<NoSignature> for PhoneError {
    fn from(_: NoSignature) -> Self {
        Self::Signature
    }
}

impl From<reqwest::Error> for PhoneError {
    fn from(error: reqwest::Error) -> Self {
        // The address of a page has a secret in it.
        Self::Client(error.without_url().into())
    }
}
