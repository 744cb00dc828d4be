//! TLS in front of a server on this host, as a reverse proxy has it: for measurements.

use apple::apns::Identity;
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
};
use std::{io, net::SocketAddr, sync::Arc};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::TlsAcceptor;

/// The addresses of a front: where it listens, and where the server does.
#[derive(Clone, Copy, Debug)]
pub struct Addresses {
    /// With TLS.
    pub listen: SocketAddr,
    /// Without.
    pub to: SocketAddr,
}

/// Starts a front, which runs until its task is aborted.
///
/// # Errors
/// The address is taken, or the certificate cannot be used.
pub async fn start(addresses: Addresses, identity: Identity) -> io::Result<JoinHandle<()>> {
    let acceptor = TlsAcceptor::from(Arc::new(config(identity).map_err(io::Error::other)?));
    let listener = TcpListener::bind(addresses.listen).await?;
    Ok(tokio::spawn(async move {
        // The connections belong to this task, and end with it.
        let mut connections = JoinSet::new();
        while let Ok((tcp, _)) = listener.accept().await {
            connections.spawn(carry(tcp, acceptor.clone(), addresses.to));
            while connections.try_join_next().is_some() {}
        }
    }))
}

fn config(identity: Identity) -> Result<ServerConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let chain = identity.certificates.into_iter().map(CertificateDer::from).collect();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.key));
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    config.with_no_client_auth().with_single_cert(chain, key)
}

/// Carries one connection. One that fails is the phone's to notice.
async fn carry(tcp: TcpStream, acceptor: TlsAcceptor, to: SocketAddr) {
    let Ok(mut phone) = acceptor.accept(tcp).await else { return };
    if let Ok(mut server) = TcpStream::connect(to).await {
        let _ = copy_bidirectional(&mut phone, &mut server).await;
    }
}
