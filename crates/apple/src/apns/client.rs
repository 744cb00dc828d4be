//! Speaks to the service: HTTP/2 with a client certificate.

use std::{sync::Arc, time::Duration};

use reqwest::{Response, header, redirect};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};

use super::{Answer, Failure, MAX_ANSWER, Push};

/// Where Apple's service is. It listens on port 2197 as well.
pub const PRODUCTION: &str = "https://api.push.apple.com";
/// How long connecting may take.
pub const CONNECT_TIME: Duration = Duration::from_secs(10);
/// How long a push may take, with connecting and the answer.
pub const REQUEST_TIME: Duration = Duration::from_secs(30);
/// Apple wants connections to stay open. A dead one is noticed by this.
const PING_EVERY: Duration = Duration::from_mins(1);
const PING_TIME: Duration = Duration::from_secs(10);

/// A push certificate with its key.
pub struct Identity {
    /// The certificate, and those of its issuers if they are known, in DER.
    pub certificates: Vec<Vec<u8>>,
    /// The key as PKCS#8 in DER.
    pub key: Vec<u8>,
}

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The address does not begin with `https://`.
    #[error("an address without https")]
    Address,
    /// None of the authorities that are trusted can be read.
    #[error("no authority is trusted")]
    NoAuthorities,
    /// Certificate and key cannot be used, or do not belong together.
    #[error("certificate and key: {0}")]
    Identity(#[from] rustls::Error),
    /// The client of HTTP could not be made.
    #[error("the client of HTTP: {0}")]
    Http(#[from] reqwest::Error),
}

/// Sends pushes with one push certificate. Its connection is opened with the first push and then kept.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: String,
}

impl Client {
    /// Prepares a client of the service at `base` ([`PRODUCTION`]), which proves who it is by an authority of `trusted`:
    /// certificates in DER, of which those that cannot be read are passed over.
    pub fn new(
        base: &str,
        identity: Identity,
        trusted: impl IntoIterator<Item = impl AsRef<[u8]>>,
    ) -> Result<Self, ClientError> {
        if !base.starts_with("https://") {
            return Err(ClientError::Address);
        }
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(identity, trusted)?)
            .http2_prior_knowledge()
            .http2_keep_alive_interval(PING_EVERY)
            .http2_keep_alive_timeout(PING_TIME)
            .http2_keep_alive_while_idle(true)
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT_TIME)
            .timeout(REQUEST_TIME);
        if is_loopback(base) {
            // A proxy from the environment cannot reach this host's own loopback.
            builder = builder.no_proxy();
        }
        Ok(Self { http: builder.build()?, base: base.trim_end_matches('/').to_owned() })
    }

    /// Sends a push and waits for the answer, for [`REQUEST_TIME`] at most.
    pub async fn send(&self, push: &Push) -> Result<Answer, Failure> {
        let mut request = self.http.post(format!("{}{}", self.base, push.path())).body(push.body());
        for (name, value) in push.headers() {
            request = request.header(name, value);
        }
        let response = request.send().await.map_err(Failure::new)?;
        let status = response.status().as_u16();
        let retry_after = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
        let retry_after = retry_after.map(str::to_owned);
        Ok(Answer::read(status, retry_after.as_deref(), &body(response).await))
    }
}

/// The beginning of the body. The status says enough if the rest does not come.
async fn body(mut response: Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER {
            break;
        }
    }
    body
}

fn is_loopback(base: &str) -> bool {
    let host = reqwest::Url::parse(base).ok().and_then(|url| url.host_str().map(str::to_owned));
    let host = host.as_deref().map(|host| host.trim_matches(['[', ']']));
    host.is_some_and(|host| {
        host == "localhost" || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
    })
}

fn tls(identity: Identity, trusted: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Result<ClientConfig, ClientError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(trusted.into_iter().map(|der| CertificateDer::from(der.as_ref().to_vec())));
    if roots.is_empty() {
        return Err(ClientError::NoAuthorities);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let chain = identity.certificates.into_iter().map(CertificateDer::from).collect();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.key));
    let mut config = config.with_root_certificates(roots).with_client_auth_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok(config)
}
