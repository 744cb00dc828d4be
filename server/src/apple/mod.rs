//! iPhones and iPads: the routes that they call by themselves. They carry no cookies and are no business of browsers.
//!
//! Limits never go by addresses alone: the browser and the system of one phone may come from different ones, and thousands
//! share one (Private Relay).

mod mdm;
mod scep;

use crate::{middleware::timeouts::end_slow_requests, state::AppState};
use axum::{
    Router,
    middleware::from_fn,
    routing::{get, put},
};

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/apple/scep", get(scep::get).post(scep::post))
        .route("/apple/mdm", put(mdm::put))
        .layer(from_fn(end_slow_requests))
}
