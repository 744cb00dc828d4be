//! The state that every handler can use.

use crate::{listener::proxies::TrustedProxies, metrics::Requests, shutdown::Shutdown};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use service::Rollcall;
use std::sync::Arc;

/// The state that every handler can use; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The use cases.
    pub rollcall: Arc<Rollcall>,
    /// Options of Leptos: names of the site's files.
    pub leptos: LeptosOptions,
    /// The signal that ends polls and streams.
    pub shutdown: Shutdown,
    /// The requests that were answered, for metrics.
    pub requests: Arc<Requests>,
    /// Peers whose `X-Forwarded-For` is believed.
    pub proxies: TrustedProxies,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

impl FromRef<AppState> for Arc<Rollcall> {
    fn from_ref(state: &AppState) -> Self {
        Arc::clone(&state.rollcall)
    }
}

impl FromRef<AppState> for Shutdown {
    fn from_ref(state: &AppState) -> Self {
        state.shutdown.clone()
    }
}
