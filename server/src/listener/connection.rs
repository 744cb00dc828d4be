//! One connection: the options of its socket, the bounds of its protocol, and the requests on it.

use super::{
    bounds::{Bounds, Streams, WIDE_CONNECTIONS},
    first_bytes,
    places::Place,
};
use crate::shutdown::Shutdown;
use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::Watcher},
};
use rustix::net::sockopt;
use std::{net::SocketAddr, time::Duration};
use tokio::net::TcpStream;
use tower::ServiceExt as _;

/// Longest header of an HTTP/1 request, and most bytes that are read ahead.
const HTTP1_BUFFER: usize = 32 * 1024;
/// Longest header of an HTTP/2 request.
const HTTP2_HEADERS: u32 = 16 * 1024;
/// Most bytes of an answer that wait for an HTTP/2 client to read them.
const HTTP2_SEND_BUFFER: usize = 64 * 1024;
/// How often an HTTP/2 client has to show that it is there, and how long it may take.
const PING: Duration = Duration::from_secs(20);
/// How long a client may leave an answer unread, in milliseconds: then the system ends the connection.
const UNREAD_MS: u32 = 60_000;
/// After how much silence the system asks whether the other side is still there.
const KEEP_ALIVE: Duration = Duration::from_mins(1);

/// A connection that was accepted.
pub(super) struct Connection {
    /// The socket.
    pub(super) stream: TcpStream,
    /// The other end.
    pub(super) peer: SocketAddr,
    /// Whether it is a trusted proxy.
    pub(super) is_proxy: bool,
    /// Its place, held until it ends.
    pub(super) place: Place,
}

impl Connection {
    /// Serves requests until either side ends it.
    pub(super) async fn serve(self, routes: Router, bounds: Bounds, shutdown: Shutdown, watcher: Watcher) {
        set_options(&self.stream);
        // 1. Nothing is kept for a client that says nothing.
        let first = if self.is_proxy { bounds.proxy_idle } else { bounds.first_bytes };
        let begun = tokio::select! {
            begun = first_bytes::have_come(&self.stream, first) => begun,
            () = shutdown.begun() => false,
        };
        if !begun {
            return;
        }
        // 2. Requests know who sent them.
        let peer = ConnectInfo(self.peer);
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            routes.clone().oneshot(request.map(Body::new))
        });
        // 3. Errors are the client's business: it left, or broke the protocol.
        let builder = protocol(&bounds, self.is_proxy, self.streams());
        let connection = builder.serve_connection(TokioIo::new(self.stream), service);
        if let Err(error) = watcher.watch(connection).await {
            tracing::trace!(error, "A connection ended with an error");
        }
        drop(self.place);
    }

    fn streams(&self) -> Streams {
        match (self.is_proxy, self.place.before < WIDE_CONNECTIONS) {
            (true, _) => Streams::PROXY,
            (false, true) => Streams::WIDE,
            (false, false) => Streams::NARROW,
        }
    }
}

/// HTTP/1 and HTTP/2, both with an end to every wait.
fn protocol(bounds: &Bounds, is_proxy: bool, streams: Streams) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(if is_proxy { bounds.proxy_idle } else { bounds.headers })
        .max_buf_size(HTTP1_BUFFER);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(streams.at_once)
        .initial_stream_window_size(streams.stream_window)
        .initial_connection_window_size(streams.connection_window)
        .max_header_list_size(HTTP2_HEADERS)
        .max_send_buf_size(HTTP2_SEND_BUFFER)
        .keep_alive_interval(PING)
        .keep_alive_timeout(PING);
    builder
}

/// Options that help; a system that lacks one serves without it.
fn set_options(stream: &TcpStream) {
    // Send small answers, such as events of a live stream, without delay.
    let _ = stream.set_nodelay(true);
    // A phone that left without a word does not keep its place.
    let _ = sockopt::set_socket_keepalive(stream, true);
    let _ = sockopt::set_tcp_keepidle(stream, KEEP_ALIVE);
    // Neither does a client that never reads its answer.
    let _ = sockopt::set_tcp_user_timeout(stream, UNREAD_MS);
}
