//! The id of a request, by which its lines are found in the log. A trusted proxy may have given it one already, so that the
//! logs of both are read together; what anybody else sends is not looked at.

use crate::{listener::proxies::TrustedProxies, state::AppState};
use axum::extract::{ConnectInfo, Request};
use http::{HeaderMap, HeaderName};
use std::{
    net::{IpAddr, SocketAddr},
    sync::atomic::{AtomicU64, Ordering},
};

/// The header that has it.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id that is taken over: twice a UUID.
const LONGEST: usize = 72;

/// The id of a request.
pub(super) fn of(state: &AppState, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    given(&state.proxies, peer, request.headers()).unwrap_or_else(|| made(state))
}

/// The id that a trusted proxy gave, if it is one.
fn given(proxies: &TrustedProxies, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<String> {
    peer.filter(|peer| proxies.contains(*peer))?;
    let mut ids = headers.get_all(REQUEST_ID).iter();
    // Of two, nobody knows which is the proxy's.
    let (id, None) = (ids.next()?.to_str().ok()?, ids.next()) else { return None };
    is_well_formed(id).then(|| id.to_owned())
}

/// Whether a text is an id: letters, digits and what stands between them in UUIDs and their like.
fn is_well_formed(id: &str) -> bool {
    (1..=LONGEST).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// Unique within a run; begins with the time, so that it differs between runs.
fn made(state: &AppState) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:x}-{count:x}", state.rollcall.clock().now().as_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "127.0.0.1";

    fn given_by(peer: &str, ids: &[&str]) -> Option<String> {
        let proxies = TrustedProxies::parse(PROXY).unwrap();
        let mut headers = HeaderMap::new();
        for id in ids {
            headers.append(REQUEST_ID, http::HeaderValue::from_bytes(id.as_bytes()).unwrap());
        }
        given(&proxies, Some(peer.parse().unwrap()), &headers)
    }

    #[test]
    fn only_a_trusted_proxy_gives_an_id() {
        let id = "0191b7a2-57c8-7000-8000-000000000001";
        assert_eq!(given_by(PROXY, &[id]).as_deref(), Some(id));
        assert_eq!(given_by("192.0.2.7", &[id]), None);
        assert_eq!(given(&TrustedProxies::parse(PROXY).unwrap(), None, &HeaderMap::new()), None);
    }

    #[test]
    fn an_id_is_short_and_plain() {
        for good in ["7", "4f1c_a.B-9", &"a".repeat(LONGEST)] {
            assert!(given_by(PROXY, &[good]).is_some(), "{good}");
        }
        for bad in ["", "two words", "a=b", "\"", "ü", "a\tb", &"a".repeat(LONGEST + 1)] {
            assert_eq!(given_by(PROXY, &[bad]), None, "{bad}");
        }
        assert_eq!(given_by(PROXY, &["one", "two"]), None);
    }
}
