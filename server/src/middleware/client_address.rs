//! The address that a request comes from, for rate limits and the list of sessions.

use crate::state::AppState;
use app::server::context::ClientAddress;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Puts the client's [`ClientAddress`] into the request's extensions.
pub async fn add_client_address(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    // Without a connection: a test calls the router directly.
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let address = state.proxies.client_address(peer, request.headers());
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}
