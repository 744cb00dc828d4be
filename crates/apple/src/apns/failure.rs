//! Why no answer came.

use rustls::AlertDescription as Alert;

/// No answer came: the push may have arrived or not.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The service refused the connection because of our certificate, so no phone is reached.
    #[error("our certificate is refused: {0:?}")]
    OurCertificate(Alert),
    /// The service could not be reached, did not answer in time, ended the connection, or is somebody else.
    #[error("{}", chain(.0))]
    Unreachable(reqwest::Error),
}

/// What a server of TLS says about the certificate of its client (RFC 8446 section 6.2).
const ABOUT_CERTIFICATES: [Alert; 8] = [
    Alert::AccessDenied,
    Alert::BadCertificate,
    Alert::CertificateExpired,
    Alert::CertificateRequired,
    Alert::CertificateRevoked,
    Alert::CertificateUnknown,
    Alert::UnknownCA,
    Alert::UnsupportedCertificate,
];

impl Failure {
    /// Finds out what a request failed of.
    pub(super) fn new(error: reqwest::Error) -> Self {
        // The token is in the path.
        let error = error.without_url();
        match alert(&error) {
            Some(alert) => Self::OurCertificate(alert),
            None => Self::Unreachable(error),
        }
    }
}

/// The alert about our certificate that the error is about. In TLS 1.3 it comes after the handshake, and the layer of HTTP/2
/// keeps the text of the error only, so the text is what is compared.
fn alert(error: &reqwest::Error) -> Option<Alert> {
    let texts: Vec<String> = causes(error).map(ToString::to_string).collect();
    let says = |alert: Alert| {
        let text = rustls::Error::AlertReceived(alert).to_string();
        texts.iter().any(|cause| cause.ends_with(&text))
    };
    ABOUT_CERTIFICATES.into_iter().find(|alert| says(*alert))
}

/// The error and what caused it, one after the other.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |error| error.source())
}

fn chain(error: &reqwest::Error) -> String {
    causes(error).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
