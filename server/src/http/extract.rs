//! Extractors for calls that programs make; invalid values are answered with a problem.

use crate::http::problem::Problem;
use axum::{
    extract::{FromRequestParts, Path, Query},
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, StatusCode, header, request::Parts};
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// The identifier in a path. Anything that is not an identifier is answered with 404.
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

/// 404: what the path names is gone.
pub fn not_found() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not_found", "This no longer exists.")
}

/// The query parameters.
pub struct QueryParams<T>(pub T);

impl<T, S> FromRequestParts<S> for QueryParams<T>
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
pub fn bearer_token(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The kind of the body and its charset, in small letters: `text/csv; charset=UTF-8`.
pub fn content_type(headers: &HeaderMap) -> (String, Option<String>) {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let value = value.to_ascii_lowercase();
    let mut parts = value.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_owned();
    let charset = parts.find_map(|part| part.strip_prefix("charset=")).map(|name| name.trim_matches('"').to_owned());
    (kind, charset)
}

/// 404: there is no such call.
pub async fn unknown_call() -> Response {
    Problem::new(StatusCode::NOT_FOUND, "not_found", "There is no such call.").into_response()
}

/// 405: the call has another method.
pub async fn method_not_allowed() -> Response {
    let detail = "This call exists, but not with this method.";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail).into_response()
}
