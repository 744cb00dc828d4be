//! What handlers of programs take from an address, with problems for what does not fit.

use crate::http::problem::Problem;
use axum::{
    extract::{FromRequestParts, Path, Query},
    response::{IntoResponse as _, Response},
};
use http::{StatusCode, header, request::Parts};
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// The one identifier in a path. What is no identifier is not found.
pub struct PathId<T>(pub T);

impl<T, S> FromRequestParts<S> for PathId<T>
where
    T: FromStr,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let text = Path::<String>::from_request_parts(parts, state).await.map_err(|_| not_found())?;
        text.0.parse().map(Self).map_err(|_| not_found())
    }
}

fn not_found() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not_found", "This no longer exists.")
}

/// The parameters behind the question mark.
pub struct Parameters<T>(pub T);

impl<T, S> FromRequestParts<S> for Parameters<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|query| Self(query.0))
            .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, "query_malformed", error.body_text()))
    }
}

/// The token of `Authorization: Bearer …`.
pub fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The answer to a program that asks for a call that does not exist.
pub async fn no_such_call() -> Response {
    Problem::new(StatusCode::NOT_FOUND, "not_found", "There is no such call.").into_response()
}

/// The answer to a program that uses the wrong method.
pub async fn wrong_method() -> Response {
    let detail = "This call exists, but not with this method.";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail).into_response()
}
