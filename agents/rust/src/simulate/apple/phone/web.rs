//! What phones send: the browser to the page of the invitation, the system to everything else.

use super::error::PhoneError;
use crate::protocol::{
    address::EnrollmentUrl,
    transport::{connections, read_body},
};
use apple::{profile, scep};
use domain::device::{Ownership, Platform};
use reqwest::{Client, RequestBuilder, header};
use std::time::Duration;
use url::Url;

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_mins(1);
/// What the part of the system says that speaks to management.
const SYSTEM: &str = "MDM/1.0";

/// Connections to one server; clones share them.
#[derive(Clone, Debug)]
pub struct Web {
    http: Client,
}

/// An answer.
struct Answer {
    status: u16,
    content_type: String,
    body: Vec<u8>,
}

impl Web {
    /// Prepares connections to the host of `server`, but opens none.
    pub fn new(server: &Url) -> Result<Self, PhoneError> {
        Ok(Self { http: connections(server, SYSTEM)? })
    }

    /// Opens the page in Safari and presses *Accept*.
    pub async fn accept(
        &self,
        page: &EnrollmentUrl,
        ownership: Ownership,
        platform: Platform,
    ) -> Result<(), PhoneError> {
        let address = page_address(page);
        let shown = send(self.http.get(&address).header(header::USER_AGENT, safari(platform))).await?;
        shown.expect("the page", 200)?;
        let form = format!("ownership={}&platform={}", ownership.as_str(), platform.as_str());
        let call = self.http.post(&address).header(header::USER_AGENT, safari(platform)).body(form);
        let call = call.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        send(call).await?.expect("the choice", 303)?;
        Ok(())
    }

    /// Downloads the profile.
    pub async fn profile(&self, page: &EnrollmentUrl, platform: Platform) -> Result<Vec<u8>, PhoneError> {
        let address = format!("{}/profile", page_address(page));
        let answer = send(self.http.get(address).header(header::USER_AGENT, safari(platform))).await?;
        if answer.status == 303 {
            return Err(PhoneError::NoProfile);
        }
        let is_profile = answer.content_type == profile::CONTENT_TYPE;
        let body = answer.expect("the download of the profile", 200)?;
        if is_profile { Ok(body) } else { Err(PhoneError::NoProfile) }
    }

    /// What the authority can do.
    pub async fn capabilities(&self, scep_url: &str) -> Result<String, PhoneError> {
        let answer = send(self.http.get(format!("{scep_url}?operation=GetCACaps"))).await?;
        Ok(String::from_utf8_lossy(&answer.expect("GetCACaps", 200)?).into_owned())
    }

    /// The certificate of the authority.
    pub async fn authority(&self, scep_url: &str) -> Result<Vec<u8>, PhoneError> {
        send(self.http.get(format!("{scep_url}?operation=GetCACert"))).await?.expect("GetCACert", 200)
    }

    /// Asks for a certificate.
    pub async fn issue(&self, scep_url: &str, message: Vec<u8>) -> Result<Vec<u8>, PhoneError> {
        let call = self.http.post(format!("{scep_url}?operation=PKIOperation")).body(message);
        send(call.header(header::CONTENT_TYPE, scep::MESSAGE_TYPE)).await?.expect("PKIOperation", 200)
    }

    /// Sends a signed message. The answer is empty, or a command.
    pub async fn put(
        &self,
        url: &str,
        content_type: &'static str,
        signature: String,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, PhoneError> {
        let call = self.http.put(url).header(header::CONTENT_TYPE, content_type);
        let answer = send(call.header(apple::mdm_signature::HEADER, signature).body(body)).await?;
        match answer.status {
            403 => Err(PhoneError::Unenrolled),
            _ => answer.expect("a message", 200),
        }
    }
}

impl Answer {
    fn expect(self, what: &'static str, status: u16) -> Result<Vec<u8>, PhoneError> {
        if self.status == status { Ok(self.body) } else { Err(PhoneError::Status { what, status: self.status }) }
    }
}

async fn send(call: RequestBuilder) -> Result<Answer, PhoneError> {
    let response = call.timeout(TIMEOUT).send().await?;
    let content_type = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_owned();
    Ok(Answer { status: response.status().as_u16(), content_type, body: read_body(response).await? })
}

fn page_address(page: &EnrollmentUrl) -> String {
    format!("{}/e/{}", page.server.as_str().trim_end_matches('/'), page.token.expose())
}

/// What Safari says.
const fn safari(platform: Platform) -> &'static str {
    match platform {
        Platform::Ipados => {
            "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
        }
        _ => {
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
        }
    }
}
