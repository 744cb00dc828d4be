//! Lists exported as tables.

use super::{
    errors::ApiErrors,
    people::PeopleQuery,
    slots::SlotsQuery,
    token::{Script, origin},
};
use crate::{
    http::{extract::QueryParams, problem::Problem, table},
    state::AppState,
};
use app::server::context::ClientAddress;
use axum::{Extension, extract::State, response::Response};

/// Exports people
///
/// The table can be imported again. Cells that a spreadsheet would take for a formula begin with an apostrophe, which
/// an import takes away.
#[utoipa::path(
    get,
    path = "/api/v1/people/export",
    tag = "people",
    security(("api_token" = [])),
    params(("search" = Option<String>, Query, description = "Text that the name or email contains")),
    responses((status = 200, description = "A table, by name", content_type = "text/csv", body = String), ApiErrors)
)]
pub async fn export_people(
    State(state): State<AppState>,
    Script(actor): Script,
    Extension(address): Extension<ClientAddress>,
    QueryParams(query): QueryParams<PeopleQuery>,
) -> Result<Response, Problem> {
    table::stream(state.rollcall.export_people(&origin(&actor, address), &query.into()).await?, "people.csv").await
}

/// Exports rows
///
/// Filtered and sorted as the list is; `after`, `before` and `size` are of no account. Cells that a spreadsheet would
/// take for a formula begin with an apostrophe.
#[utoipa::path(
    get,
    path = "/api/v1/slots/export",
    tag = "slots",
    security(("api_token" = [])),
    params(SlotsQuery),
    responses((status = 200, description = "A table", content_type = "text/csv", body = String), ApiErrors)
)]
pub async fn export_slots(
    State(state): State<AppState>,
    Script(actor): Script,
    Extension(address): Extension<ClientAddress>,
    QueryParams(query): QueryParams<SlotsQuery>,
) -> Result<Response, Problem> {
    table::stream(state.rollcall.export_slots(&origin(&actor, address), &query.into()).await?, "devices.csv").await
}
