//! The service: its listener and its connections.

use crate::{
    phones::{Phones, Pushes},
    respond::{Arrived, Connection, Reply},
    tls::Tls,
};
use hyper::{server::conn::http2, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use time::OffsetDateTime;
use tokio::{
    io::AsyncReadExt as _,
    net::{TcpListener, TcpStream},
    sync::mpsc::UnboundedReceiver,
    task::{JoinHandle, JoinSet},
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

/// How long a handshake may take.
const HANDSHAKE_TIME: Duration = Duration::from_secs(10);
/// Pause after a connection that could not be taken: there may be too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// Why the service did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("cannot listen: {0}")]
    Listen(#[from] io::Error),
    /// Certificate and key, or the authority, cannot be used.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// The authority cannot be used to verify clients.
    #[error("TLS: {0}")]
    Verifier(#[from] rustls::server::VerifierBuilderError),
}

/// A pretended push service. It ends when it is dropped.
pub struct PretendedApns {
    address: SocketAddr,
    phones: Arc<Phones>,
    listening: JoinHandle<()>,
}

impl PretendedApns {
    /// Starts the service on `listen`; with the port 0, on a free one.
    pub async fn start(listen: SocketAddr, tls: Tls) -> Result<Self, StartError> {
        let acceptor = TlsAcceptor::from(Arc::new(tls.config()?));
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let phones = Arc::new(Phones::default());
        let listening = tokio::spawn(accept(listener, acceptor, phones.clone()));
        Ok(Self { address, phones, listening })
    }

    /// Its address, as the setting of a server.
    pub fn base(&self) -> String {
        format!("https://{}", self.address)
    }

    /// The pushes to the phone with this token, which waits for them on `topic`. One that came before and that nobody took
    /// comes first.
    pub fn wait_for(&self, token: &[u8], topic: &str) -> Pushes {
        self.phones.wait_for(token, topic)
    }

    /// The token is valid no longer: its phone was erased, or the profile was removed. Pushes to it are refused with
    /// `Unregistered`.
    pub fn unregister(&self, token: &[u8], at: OffsetDateTime) {
        self.phones.unregister(token, at);
    }

    /// What is answered to pushes to this token from now on; with none, what Apple would answer.
    pub fn reply_to(&self, token: &[u8], reply: impl Into<Option<Reply>>) {
        self.phones.reply_to(token, reply.into());
    }

    /// What is answered to all pushes from now on; with none, what Apple would answer.
    pub fn reply_to_all(&self, reply: impl Into<Option<Reply>>) {
        self.phones.reply_to_all(reply.into());
    }

    /// All pushes that arrive from now on, whatever is answered.
    pub fn watch(&self) -> UnboundedReceiver<Arrived> {
        self.phones.watch()
    }

    /// How many pushes have arrived, whatever was answered.
    pub fn arrived(&self) -> usize {
        self.phones.arrived()
    }
}

impl Drop for PretendedApns {
    fn drop(&mut self) {
        // The connections belong to the task, and end with it.
        self.listening.abort();
    }
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, phones: Arc<Phones>) {
    let mut connections = JoinSet::new();
    let mut number = 0;
    loop {
        let Ok((tcp, _)) = listener.accept().await else {
            sleep(PAUSE).await;
            continue;
        };
        number += 1;
        connections.spawn(serve(tcp, acceptor.clone(), number, phones.clone()));
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(tcp: TcpStream, acceptor: TlsAcceptor, number: usize, phones: Arc<Phones>) {
    let tls = match timeout(HANDSHAKE_TIME, acceptor.accept(tcp).into_fallible()).await {
        Ok(Ok(tls)) => tls,
        Ok(Err((_, mut tcp))) => {
            // Closing with bytes unread would take the alert away from the client.
            let mut rest = Vec::new();
            let _ = timeout(HANDSHAKE_TIME, tcp.read_to_end(&mut rest)).await;
            return;
        }
        Err(_) => return,
    };
    let Some(certificate) = tls.get_ref().1.peer_certificates().and_then(<[_]>::first) else { return };
    let connection = Connection { number, certificate: certificate.to_vec(), phones };
    let service = service_fn(move |request| connection.clone().respond(request));
    let _ = http2::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(tls), service).await;
}
