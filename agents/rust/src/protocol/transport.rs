//! HTTP below the calls: TLS, addresses, and what counts as an error.

use crate::protocol::{bearer::Bearer, error::ClientError};
use domain::protocol::Problem;
use reqwest::{Method, RequestBuilder, Response, StatusCode, header, redirect};
use std::{sync::Arc, time::Duration};
use url::{Host, Url};

/// Longest answer that is read, in bytes: far above what the protocol needs.
const ANSWER_MAX: usize = 1024 * 1024;
/// How long a file may take.
const FILE_TIMEOUT: Duration = Duration::from_mins(1);
/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// An answer with a success status or 304.
#[derive(Debug)]
pub struct ApiResponse {
    /// HTTP status.
    pub status: u16,
    /// The `ETag` header.
    pub etag: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Connections to one server.
#[derive(Clone, Debug)]
pub struct Transport {
    http: reqwest::Client,
    /// The address that paths are appended to, without a slash at its end.
    base: String,
}

impl Transport {
    /// Prepares connections, but opens none.
    ///
    /// # Errors
    /// The address is https and this host trusts no certificate authority.
    pub fn new(server: &Url) -> Result<Self, ClientError> {
        let http = connections(server, concat!("rollcall-agent/", env!("CARGO_PKG_VERSION")))?;
        Ok(Self { http, base: server.as_str().trim_end_matches('/').to_owned() })
    }

    /// A call of agent protocol v1.
    pub fn request(&self, method: Method, path: &str, bearer: Option<&Bearer>) -> RequestBuilder {
        let call = self.http.request(method, format!("{}/agent/v1/{path}", self.base));
        match bearer {
            Some(bearer) => call.bearer_auth(bearer.expose()),
            None => call,
        }
    }

    /// A file that the server hands out to everybody.
    ///
    /// # Errors
    /// As [`Transport::send`].
    pub async fn file(&self, path: &str) -> Result<Vec<u8>, ClientError> {
        Ok(self.send(self.http.get(format!("{}/{path}", self.base)).timeout(FILE_TIMEOUT)).await?.body)
    }

    /// Sends a call and reads the answer.
    ///
    /// # Errors
    /// Every other status, and no answer at all.
    pub async fn send(&self, call: RequestBuilder) -> Result<ApiResponse, ClientError> {
        let response = call.send().await?;
        let status = response.status();
        let etag = text_header(&response, &header::ETAG);
        let location = text_header(&response, &header::LOCATION);
        let retry_after =
            text_header(&response, &header::RETRY_AFTER).and_then(|s| s.trim().parse().ok()).map(Duration::from_secs);
        if let (true, Some(to)) = (status.is_redirection(), location) {
            return Err(ClientError::Redirected { to });
        }
        let body = read_body(response).await?;
        if status.is_success() || status == StatusCode::NOT_MODIFIED {
            return Ok(ApiResponse { status: status.as_u16(), etag, body });
        }
        Err(match serde_json::from_slice::<Problem>(&body) {
            Ok(problem) => ClientError::Refused { problem: Box::new(problem), retry_after },
            Err(_) => ClientError::Unexpected { status: status.as_u16(), retry_after },
        })
    }
}

/// Prepares connections to the host of `server`, which follow no redirects.
///
/// # Errors
/// The address is https and this host trusts no certificate authority.
pub fn connections(server: &Url, user_agent: &str) -> Result<reqwest::Client, ClientError> {
    let mut builder = reqwest::Client::builder()
        .user_agent(user_agent)
        .connect_timeout(CONNECT_TIMEOUT)
        .redirect(redirect::Policy::none())
        .tls_backend_preconfigured(tls_config(server.scheme() == "https")?);
    if is_loopback(server) {
        // A proxy from the environment cannot reach this host's own loopback.
        builder = builder.no_proxy();
    }
    Ok(builder.build()?)
}

fn text_header(response: &Response, name: &header::HeaderName) -> Option<String> {
    response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// The body of an answer.
///
/// # Errors
/// It is longer than any answer of the protocol, or ends before its time.
pub async fn read_body(mut response: Response) -> Result<Vec<u8>, ClientError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_MAX {
            return Err(ClientError::Unreadable("it is longer than any answer of the protocol".to_owned()));
        }
    }
    Ok(body)
}

fn is_loopback(server: &Url) -> bool {
    match server.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// TLS with the authorities that this host trusts (files of the distribution or of Termux, or `SSL_CERT_FILE`). They are
/// read here because the HTTP client's own way needs a Java virtual machine on Android.
fn tls_config(is_needed: bool) -> Result<rustls::ClientConfig, ClientError> {
    let mut roots = rustls::RootCertStore::empty();
    if is_needed {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            return Err(ClientError::NoAuthorities);
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| ClientError::Unreadable(e.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
