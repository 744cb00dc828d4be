//! The address that a request comes from, for rate limits and the list of sessions.

use crate::state::AppState;
use app::server::context::ClientAddress;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use http::HeaderMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Puts the client's [`ClientAddress`] into the request's extensions.
pub async fn add_client_address(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = state.behind_proxy.then(|| forwarded_for(request.headers())).flatten();
    // Without a connection: a test calls the router directly.
    let address = forwarded.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    request.extensions_mut().insert(ClientAddress(address.to_canonical()));
    next.run(request).await
}

/// The last entry of `X-Forwarded-For`, which our own proxy wrote. A client can forge the entries before it.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let entry = last.rsplit(',').next()?.trim();
    entry.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        forwarded_for(&headers).map(|address| address.to_string())
    }

    #[test]
    fn only_the_entry_of_our_own_proxy_counts() {
        assert_eq!(forwarded(&["198.51.100.1, 203.0.113.7"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(forwarded(&["198.51.100.1", "2001:db8::1"]).as_deref(), Some("2001:db8::1"));
        assert_eq!(forwarded(&["203.0.113.7:4711"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(forwarded(&["198.51.100.1, unknown"]), None);
        assert_eq!(forwarded(&[]), None);
    }
}
