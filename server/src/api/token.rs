//! The script that is calling: `Authorization: Bearer rct_…`.

use crate::{
    http::{extract::bearer_token, problem::Problem},
    state::AppState,
};
use axum::extract::FromRequestParts;
use domain::actor::Actor;
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

fn invalid() -> Problem {
    let detail = "Send a valid API token: “Authorization: Bearer rct_…”. “rollcall token create” makes one.";
    Problem::new(StatusCode::UNAUTHORIZED, "token_invalid", detail)
}
