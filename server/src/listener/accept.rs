//! The loop that accepts connections, and the end of all of them.

use super::{
    bounds::Bounds,
    connection::Connection,
    places::Places,
    proxies::{TrustedProxies, network_of},
};
use crate::shutdown::Shutdown;
use axum::Router;
use hyper_util::server::graceful::GracefulShutdown;
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{MissedTickBehavior, interval, sleep, timeout},
};

/// Pause when no connection can be accepted, for example because no open file is left.
const PAUSE: Duration = Duration::from_millis(200);
/// How often refused connections are told to the log.
const REPORT: Duration = Duration::from_mins(1);

/// What is served, to whom, within which bounds, until when.
#[derive(Clone, Debug)]
pub struct Listening {
    /// The routes.
    pub routes: Router,
    /// The bounds of connections.
    pub bounds: Bounds,
    /// Peers that carry many people.
    pub proxies: TrustedProxies,
    /// The signal that ends it.
    pub shutdown: Shutdown,
}

/// Serves until the shutdown begins, then lets requests end within the grace period. Every connection is closed when
/// this returns.
pub async fn serve(listener: TcpListener, listening: Listening) {
    let places = Places::new(listening.bounds.per_network, listening.bounds.total);
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut report = interval(REPORT);
    report.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let begun = listening.shutdown.begun();
    tokio::pin!(begun);
    // 1. Accept until the shutdown.
    loop {
        let accepted = tokio::select! {
            () = &mut begun => break,
            _ = report.tick() => {
                report_refused(&places);
                continue;
            }
            // Ended connections leave the set.
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                if let Some(connection) = admit(&places, &listening.proxies, stream, peer) {
                    let Listening { routes, bounds, shutdown, .. } = listening.clone();
                    connections.spawn(connection.serve(routes, bounds, shutdown, graceful.watcher()));
                }
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "No connection can be accepted for the moment");
                tokio::select! {
                    () = &mut begun => break,
                    () = sleep(PAUSE) => {}
                }
            }
        }
    }
    // 2. Take no more, let requests end, and cut off what remains.
    drop(listener);
    let ended = async {
        tokio::join!(graceful.shutdown(), async { while connections.join_next().await.is_some() {} });
    };
    if timeout(listening.bounds.grace, ended).await.is_err() {
        tracing::warn!(count = connections.len(), "Some connections did not end in time and were cut off");
        connections.shutdown().await;
    }
}

/// Gives a connection its place; one without a place is closed.
fn admit(places: &Arc<Places>, proxies: &TrustedProxies, stream: TcpStream, peer: SocketAddr) -> Option<Connection> {
    let is_proxy = proxies.contains(peer.ip());
    let place = places.take((!is_proxy).then(|| network_of(peer.ip())))?;
    Some(Connection { stream, peer, is_proxy, place })
}

/// Errors that mean: this client has already left.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

fn report_refused(places: &Places) {
    let count = places.refused_since_last();
    if count > 0 {
        tracing::warn!(count, "Connections were refused: their network, or the server, had too many");
    }
}
