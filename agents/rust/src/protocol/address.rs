//! Addresses as a person types or scans them.

use domain::invitation::credentials::EnrollmentToken;
use std::str::FromStr;
use url::Url;

/// An enrollment URL, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrollmentUrl {
    /// The server, without the path of the landing page.
    pub server: Url,
    /// The secret.
    pub token: EnrollmentToken,
}

/// The server's address, such as `https://mdm.example.com` or `https://example.com/rollcall`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerAddress(pub Url);

/// Why an address cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not a URL.
    #[error("this is not a URL; it has to look like https://HOST/e/TOKEN")]
    NotUrl,
    /// Another protocol, or none.
    #[error("the URL has to begin with https:// (or http:// where the server has no certificate)")]
    Scheme,
    /// A URL of another page.
    #[error("this is not an enrollment URL: those end with /e/ and a token")]
    NoToken,
    /// The token has too few or too many characters.
    #[error("the token at the end of the URL is damaged; copy the whole URL again (32 letters and digits after /e/)")]
    BadToken,
}

impl FromStr for EnrollmentUrl {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let url = web_url(text)?;
        let mut parts: Vec<&str> = url.path().trim_end_matches('/').split('/').collect();
        let token = parts.pop().unwrap_or_default().to_owned();
        if parts.pop() != Some("e") {
            return Err(AddressError::NoToken);
        }
        let base = parts.join("/");
        let token = EnrollmentToken::parse(&token).ok_or(AddressError::BadToken)?;
        Ok(Self { server: server_of(url, &base), token })
    }
}

impl FromStr for ServerAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let url = web_url(text)?;
        let base = url.path().trim_end_matches('/').to_owned();
        Ok(Self(server_of(url, &base)))
    }
}

fn web_url(text: &str) -> Result<Url, AddressError> {
    let url = Url::parse(text.trim()).map_err(|_| AddressError::NotUrl)?;
    match url.scheme() {
        "https" | "http" => Ok(url),
        _ => Err(AddressError::Scheme),
    }
}

/// The address that the protocol's paths are appended to, without what mail programs add (queries, fragments).
fn server_of(mut url: Url, base: &str) -> Url {
    url.set_path(base);
    url.set_query(None);
    url.set_fragment(None);
    // Neither can fail for a URL with a host, and every http or https URL has one.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "abcdefghijklmnopqrstuvwxyz234567";

    fn parse(text: &str) -> Result<EnrollmentUrl, AddressError> {
        text.parse()
    }

    #[test]
    fn a_url_is_taken_apart() {
        let url = parse(&format!("https://mdm.example.com/e/{TOKEN}")).unwrap();
        assert_eq!(url.server.as_str(), "https://mdm.example.com/");
        assert_eq!(url.token.expose(), TOKEN);
    }

    #[test]
    fn a_path_before_the_landing_page_belongs_to_the_server() {
        let url = parse(&format!(" http://127.0.0.1:3000/phones/e/{}/?utm=1#x ", TOKEN.to_uppercase())).unwrap();
        assert_eq!(url.server.as_str(), "http://127.0.0.1:3000/phones");
        assert_eq!(url.token.expose(), TOKEN);
    }

    #[test]
    fn each_mistake_has_its_own_error() {
        assert_eq!(parse("hello"), Err(AddressError::NotUrl));
        assert_eq!(parse(""), Err(AddressError::NotUrl));
        assert_eq!(parse("localhost:3000/e/x"), Err(AddressError::Scheme));
        assert_eq!(parse("ftp://host/e/x"), Err(AddressError::Scheme));
        assert_eq!(parse("https://host/"), Err(AddressError::NoToken));
        assert_eq!(parse(&format!("https://host/{TOKEN}")), Err(AddressError::NoToken));
        assert_eq!(parse("https://host/e/short"), Err(AddressError::BadToken));
    }

    #[test]
    fn a_password_in_the_address_is_not_kept() {
        let server: ServerAddress = "https://me:secret@host/base/".parse().unwrap();
        assert_eq!(server.0.as_str(), "https://host/base");
    }
}
