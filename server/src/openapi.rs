//! The published description of the agent protocol and the REST API: `GET /openapi.json`. It is generated from the routes
//! and so always matches them; `docs/openapi.json` is a copy.

use crate::{agent, api, state::AppState};
use axum::{body::Bytes, response::IntoResponse};
use domain::{
    list::{AttentionFilter, ContactFilter, InvitationFilter, SlotSort},
    protocol::Problem,
    slot::SlotStatus,
};
use http::header;
use std::sync::LazyLock;
use utoipa::{
    Modify, OpenApi as _,
    openapi::{
        OpenApi,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;

/// Everything in the document that is not a route.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Rollcall",
        description = "The agent protocol that devices speak, and the REST API for scripts. Times are RFC 3339 in UTC, \
                       identifiers are UUIDs, every error is `application/problem+json` (RFC 9457) with a stable `code`."
    ),
    // Schemas that only parameters and errors use are not collected from the routes.
    components(schemas(AttentionFilter, ContactFilter, Problem, InvitationFilter, SlotSort, SlotStatus)),
    modifiers(&Security),
    tags(
        (name = "agent", description = "Agent protocol v1: what devices say and ask"),
        (name = "people", description = "Those whom devices are enrolled for"),
        (name = "invitations", description = "The right of one person to enroll devices"),
        (name = "slots", description = "Rows of the Mobile devices view: invitation items and devices"),
        (name = "devices", description = "Phones and tablets, and what is asked of them"),
        (name = "server", description = "The server itself")
    )
)]
struct Base;

/// The two kinds of bearer tokens.
struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("device", bearer("`<device_id>.<device_secret>`, from the answer to enroll"));
        components.add_security_scheme("api_token", bearer("`rct_…`, from `rollcall token create`"));
    }
}

fn bearer(description: &str) -> SecurityScheme {
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(description)).build();
    SecurityScheme::Http(scheme)
}

/// The document.
pub fn document() -> OpenApi {
    OpenApiRouter::<AppState>::with_openapi(Base::openapi()).merge(agent::calls()).merge(api::calls()).into_openapi()
}

/// `GET /openapi.json`.
pub async fn serve() -> impl IntoResponse {
    // All answers share one copy: anyone may ask, as often as they like.
    static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| document().to_json().unwrap_or_default().into());
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.clone())
}
