//! The script that is calling: `Authorization: Bearer rct_…`.

use crate::{
    http::{extract::bearer_token, problem::Problem},
    state::AppState,
};
use app::server::context::ClientAddress;
use axum::extract::FromRequestParts;
use domain::{actor::Actor, audit::Origin};
use http::{StatusCode, request::Parts};

/// The calling script, by its name in the journal.
pub struct Script(pub Actor);

impl FromRequestParts<AppState> for Script {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let token = bearer_token(parts).ok_or_else(invalid)?;
        let name = state.rollcall.api_token(token).await?.ok_or_else(invalid)?;
        Ok(Self(Actor::ApiToken(name)))
    }
}

/// The script and its address, as the audit log names them.
pub fn origin(script: &Actor, address: ClientAddress) -> Origin {
    Origin { actor: script.into(), address: Some(address.0) }
}

fn invalid() -> Problem {
    let detail = "Send a valid API token: “Authorization: Bearer rct_…”. “rollcall token create” makes one.";
    Problem::new(StatusCode::UNAUTHORIZED, "token_invalid", detail)
}
