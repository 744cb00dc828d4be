//! A pretended push service: real TLS that asks for a client's certificate, real HTTP/2.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use apple::apns::{Answer, Push};
use http_body_util::BodyExt as _;
use hyper::{
    Request, Response, Version,
    body::{Body, Bytes, Frame, Incoming},
    server::conn::http2,
    service::service_fn,
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::{
    RootCertStore, ServerConfig, SupportedProtocolVersion,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    server::WebPkiClientVerifier,
};
use tokio::{
    io::AsyncReadExt as _,
    net::{TcpListener, TcpStream},
    sync::mpsc,
};
use tokio_rustls::TlsAcceptor;

use crate::vector;

/// What the service answers to every push.
#[derive(Clone)]
pub enum Reply {
    Answer(Answer),
    /// Nothing, ever.
    Silence,
    /// This status, and a body that is longer than any window of HTTP/2. The flag says whether all of it was taken.
    Long(u16, Arc<AtomicBool>),
    /// Another place.
    Elsewhere(String),
}

/// A push that arrived.
pub struct Arrived {
    /// Counts connections.
    pub connection: usize,
    pub version: Version,
    /// The client's certificate.
    pub certificate: Vec<u8>,
    pub push: Push,
    pub headers: usize,
}

pub struct Pretended {
    pub base: String,
    pub arrived: mpsc::UnboundedReceiver<Arrived>,
}

impl Pretended {
    pub async fn start(reply: Reply) -> Self {
        Self::start_with(reply, rustls::ALL_VERSIONS).await
    }

    pub async fn start_with(reply: Reply, versions: &[&'static SupportedProtocolVersion]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("https://{}", listener.local_addr().unwrap());
        let acceptor = TlsAcceptor::from(Arc::new(tls(versions)));
        let (sender, arrived) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            for connection in 1.. {
                let (tcp, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(tcp, acceptor.clone(), connection, sender.clone(), reply.clone()));
            }
        });
        Self { base, arrived }
    }
}

fn tls(versions: &[&'static SupportedProtocolVersion]) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(vector("root.der"))).unwrap();
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build().unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(vector("server.key.der")));
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![CertificateDer::from(vector("server.der"))], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    config
}

async fn serve(
    tcp: TcpStream,
    acceptor: TlsAcceptor,
    connection: usize,
    sender: mpsc::UnboundedSender<Arrived>,
    reply: Reply,
) {
    let tls = match acceptor.accept(tcp).into_fallible().await {
        Ok(tls) => tls,
        Err((_, mut tcp)) => {
            // Closing with bytes unread would take the alert away from the client.
            let mut rest = Vec::new();
            let _ = tcp.read_to_end(&mut rest).await;
            return;
        }
    };
    let certificate = tls.get_ref().1.peer_certificates().unwrap().first().unwrap().to_vec();
    let service =
        service_fn(move |request| answer(request, connection, certificate.clone(), sender.clone(), reply.clone()));
    let _ = http2::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(tls), service).await;
}

async fn answer(
    request: Request<Incoming>,
    connection: usize,
    certificate: Vec<u8>,
    sender: mpsc::UnboundedSender<Arrived>,
    reply: Reply,
) -> Result<Response<Said>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
    let push = Push::read(head.uri.path(), header, &body).unwrap();
    let headers = head.headers.keys().filter(|name| name.as_str().starts_with("apns-")).count();
    let _ = sender.send(Arrived { connection, version: head.version, certificate, push, headers });
    Ok(match reply {
        Reply::Answer(answer) => {
            let mut response = Response::builder().status(answer.status);
            if let Some(pause) = answer.retry_after {
                response = response.header("retry-after", pause.as_secs());
            }
            response.body(Said::Once(Some(answer.body()))).unwrap()
        }
        Reply::Silence => std::future::pending().await,
        Reply::Long(status, whole) => Response::builder().status(status).body(Said::Long(64 * 1024, whole)).unwrap(),
        Reply::Elsewhere(to) => Response::builder().status(307).header("location", to).body(Said::Once(None)).unwrap(),
    })
}

enum Said {
    Once(Option<Vec<u8>>),
    /// So many pieces are left.
    Long(usize, Arc<AtomicBool>),
}

impl Body for Said {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = match &mut *self {
            Self::Once(body) => body.take().map(Bytes::from),
            Self::Long(0, whole) => {
                whole.store(true, Ordering::Relaxed);
                None
            }
            Self::Long(left, _) => {
                *left -= 1;
                Some(Bytes::from_static(&[b' '; 1024]))
            }
        };
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }
}
