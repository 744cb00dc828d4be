//! How a mail server is reached.

use lettre::transport::smtp::{
    self,
    authentication::Credentials,
    client::{Tls, TlsParameters},
    extension::ClientId,
};
use std::{net::IpAddr, time::Duration};
use url::{Host, Url};

/// Port for mail between servers, without TLS.
const RELAY_PORT: u16 = 25;
/// Port for submission with STARTTLS (RFC 6409).
const SUBMISSION_PORT: u16 = 587;
/// Port for submission with TLS from the start (RFC 8314).
const SUBMISSIONS_PORT: u16 = 465;

/// Why an SMTP URL is invalid.
#[derive(Debug, thiserror::Error)]
pub enum SmtpUrlError {
    /// Neither `smtp://` nor `smtps://`, no host, or an unknown use of TLS.
    #[error("an SMTP URL must look like smtp://host:587?tls=required or smtps://host")]
    Form,
    /// The user or the password is not percent-encoded UTF-8.
    #[error("the user and password of an SMTP URL must be percent-encoded UTF-8")]
    Encoding,
    /// TLS cannot be set up.
    #[error("{0}")]
    Tls(#[from] smtp::Error),
}

/// How long the mail server may take for each step of the conversation.
#[derive(Clone, Copy, Debug)]
pub struct StepLimits {
    /// To accept the connection, agree on TLS, greet and sign in.
    pub connect: Duration,
    /// To answer one command.
    pub command: Duration,
    /// To take the whole mail, once it was transferred. Long: many servers scan it first, and a sender that hangs up too
    /// early delivers it twice.
    pub content: Duration,
}

impl Default for StepLimits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(30), command: Duration::from_secs(30), content: Duration::from_mins(2) }
    }
}

/// A mail server, and how it is talked to. Has no `Debug`, since it contains a password.
#[derive(Clone)]
pub struct SmtpRoute {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Tls,
    pub(super) credentials: Option<Credentials>,
    pub(super) hello_name: ClientId,
    /// Time limits.
    pub limits: StepLimits,
}

impl SmtpRoute {
    /// From an SMTP URL: `smtps://` uses TLS from the start, `smtp://…?tls=required` requires STARTTLS,
    /// `?tls=opportunistic` uses STARTTLS if the server offers it, and `smtp://` alone uses no TLS. User and password
    /// are part of the URL, percent-encoded. `hello_name` is the name in EHLO: a full host name or an IP address.
    ///
    /// # Errors
    /// The URL is invalid, or TLS cannot be set up.
    pub fn new(url: &Url, hello_name: &str) -> Result<Self, SmtpUrlError> {
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(SmtpUrlError::Form)?;
        let host = host.trim_matches(['[', ']']).to_owned();
        let tls_use = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let parameters = || TlsParameters::new(host.clone());
        let (tls, port) = match (url.scheme(), tls_use.as_deref()) {
            ("smtp", None | Some("none")) => (Tls::None, RELAY_PORT),
            ("smtp", Some("opportunistic")) => (Tls::Opportunistic(parameters()?), SUBMISSION_PORT),
            ("smtp", Some("required")) => (Tls::Required(parameters()?), SUBMISSION_PORT),
            ("smtps", _) => (Tls::Wrapper(parameters()?), SUBMISSIONS_PORT),
            _ => return Err(SmtpUrlError::Form),
        };
        Ok(Self {
            port: url.port().unwrap_or(port),
            host,
            tls,
            credentials: credentials(url)?,
            hello_name: client_id(hello_name),
            limits: StepLimits::default(),
        })
    }

    /// The name in EHLO when none is configured: the host of the public URL. Loopback names say nothing to a mail
    /// server, so the computer's own name takes their place.
    pub fn default_hello_name(public_url: &Url) -> String {
        let named = match public_url.host() {
            Some(Host::Domain(name)) if name.contains('.') && !name.ends_with(".localhost") => Some(name.to_owned()),
            Some(Host::Ipv4(address)) if !address.is_loopback() => Some(address.to_string()),
            Some(Host::Ipv6(address)) if !address.is_loopback() => Some(address.to_string()),
            _ => None,
        };
        named.unwrap_or_else(|| ClientId::default().to_string())
    }
}

/// User and password of an SMTP URL; `None` without both.
fn credentials(url: &Url) -> Result<Option<Credentials>, SmtpUrlError> {
    let Some(password) = url.password() else { return Ok(None) };
    let plain = |text: &str| {
        let decoded = percent_encoding::percent_decode_str(text).decode_utf8().map_err(|_| SmtpUrlError::Encoding)?;
        Ok::<_, SmtpUrlError>(decoded.into_owned())
    };
    Ok(Some(Credentials::new(plain(url.username())?, plain(password)?)))
}

/// A name for EHLO: addresses are written in brackets (RFC 5321 4.1.3).
fn client_id(name: &str) -> ClientId {
    let bare = name.trim().trim_start_matches('[').trim_end_matches(']').trim_start_matches("IPv6:");
    match bare.parse() {
        Ok(IpAddr::V4(address)) => ClientId::Ipv4(address),
        Ok(IpAddr::V6(address)) => ClientId::Ipv6(address),
        Err(_) => ClientId::Domain(name.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(url: &str) -> Result<SmtpRoute, SmtpUrlError> {
        SmtpRoute::new(&url.parse().unwrap(), "mdm.example.com")
    }

    #[test]
    fn the_url_says_how_tls_is_used_and_on_which_port() {
        for (url, port) in [
            ("smtp://mail.example.com", 25),
            ("smtp://mail.example.com?tls=none", 25),
            ("smtp://mail.example.com?tls=required", 587),
            ("smtp://mail.example.com?tls=opportunistic", 587),
            ("smtps://mail.example.com", 465),
            ("smtps://mail.example.com:2465", 2465),
        ] {
            assert_eq!(route(url).unwrap().port, port, "{url}");
        }
        for bad in ["imap://mail.example.com", "smtp://mail.example.com?tls=maybe"] {
            assert!(matches!(route(bad), Err(SmtpUrlError::Form)), "{bad}");
        }
    }

    #[test]
    fn user_and_password_are_percent_decoded() {
        let expected = Credentials::new("ada@example.com".to_owned(), "p@ss/wörd".to_owned());
        let url = "smtp://ada%40example.com:p%40ss%2Fw%C3%B6rd@mail.example.com";
        assert_eq!(route(url).unwrap().credentials, Some(expected));
        assert!(matches!(route("smtp://ada:%FF@mail.example.com"), Err(SmtpUrlError::Encoding)));
        assert_eq!(route("smtp://mail.example.com").unwrap().credentials, None);
    }

    #[test]
    fn the_name_in_ehlo_is_a_full_name_or_an_address_in_brackets() {
        let default = |url: &str| client_id(&SmtpRoute::default_hello_name(&url.parse().unwrap())).to_string();
        assert_eq!(default("https://mdm.example.com"), "mdm.example.com");
        assert_eq!(default("https://192.0.2.7"), "[192.0.2.7]");
        assert_eq!(default("https://[2001:db8::7]"), "[IPv6:2001:db8::7]");
        for loopback in ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"] {
            assert_eq!(default(loopback), ClientId::default().to_string(), "{loopback}");
        }
        assert_eq!(client_id("[IPv6:2001:db8::7]").to_string(), "[IPv6:2001:db8::7]");
    }
}
