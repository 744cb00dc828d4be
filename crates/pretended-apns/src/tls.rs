//! TLS that asks for a client's certificate.

use crate::service::StartError;
use apple::apns::Identity;
use rustls::{
    RootCertStore, ServerConfig, SupportedProtocolVersion,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    server::WebPkiClientVerifier,
};
use std::sync::Arc;

/// What the service proves itself with, and whom it lets in.
pub struct Tls {
    /// Its own certificate and key: [`PretendedApple::server_identity`](crate::PretendedApple::server_identity).
    pub identity: Identity,
    /// The authority that issued the push certificates, in DER.
    pub authority: Vec<u8>,
    /// The versions of TLS that it speaks.
    pub versions: &'static [&'static SupportedProtocolVersion],
}

impl Tls {
    /// All versions.
    pub fn new(identity: Identity, authority: &[u8]) -> Self {
        Self { identity, authority: authority.to_vec(), versions: rustls::ALL_VERSIONS }
    }

    pub(crate) fn config(self) -> Result<ServerConfig, StartError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(self.authority))?;
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build()?;
        let chain = self.identity.certificates.into_iter().map(CertificateDer::from).collect();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.identity.key));
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(self.versions)?
            .with_client_cert_verifier(verifier)
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"h2".to_vec()];
        Ok(config)
    }
}
