//! Exports of the lists as tables, for a signed-in browser: plain links.

use super::import_forms::redirect_to_sign_in;
use crate::{
    http::{problem::Problem, table},
    middleware::{session::signed_in, timeouts::end_slow_requests},
    state::AppState,
};
use app::{FromParams, query_of, server::context::ClientAddress};
use axum::{
    Router,
    extract::{Query, Request, State},
    middleware::from_fn,
    response::Response,
    routing::get,
};
use domain::{
    audit::Origin,
    list::{InvitationQuery, PersonQuery, SlotQuery},
};

/// The downloads.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/people/export.csv", get(export_people))
        .route("/invitations/export.csv", get(export_invitations))
        .route("/devices/export.csv", get(export_slots))
        .layer(from_fn(end_slow_requests))
}

async fn export_people(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Some(origin) = origin(&request) else { return Ok(redirect_to_sign_in()) };
    table::stream(state.rollcall.export_people(&origin, &query::<PersonQuery>(&request)).await?, "people.csv").await
}

async fn export_invitations(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Some(origin) = origin(&request) else { return Ok(redirect_to_sign_in()) };
    let query = query::<InvitationQuery>(&request);
    table::stream(state.rollcall.export_invitations(&origin, &query).await?, "invitations.csv").await
}

async fn export_slots(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Some(origin) = origin(&request) else { return Ok(redirect_to_sign_in()) };
    table::stream(state.rollcall.export_slots(&origin, &query::<SlotQuery>(&request)).await?, "devices.csv").await
}

/// The signed-in account and its address; `None` without a session.
pub(super) fn origin(request: &Request) -> Option<Origin> {
    let who = signed_in(request).ok()?;
    let address = request.extensions().get::<ClientAddress>().map(|client| client.0);
    Some(Origin { actor: (&who.actor()).into(), address })
}

/// What the list is filtered and sorted by, from its URL.
fn query<T: FromParams>(request: &Request) -> T {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(request.uri());
    query_of(pairs.map(|pairs| pairs.0).unwrap_or_default())
}
