//! JSON bodies that programs send: a bad one is refused as a whole, with a problem that says what is wrong.

use super::{
    body::{malformed, read_body},
    problem::Problem,
};
use axum::extract::{FromRequest, Request};
use http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

/// Longest body of most calls, in bytes.
pub const BODY_MAX: usize = 256 * 1024;
/// Longest inventory, in bytes.
pub const INVENTORY_MAX: usize = 1024 * 1024;
/// A JSON body of at most `MAX` bytes.
pub struct JsonBody<T, const MAX: usize = BODY_MAX>(pub T);

impl<T, S, const MAX: usize> FromRequest<S> for JsonBody<T, MAX>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let is_json = is_json(request.headers());
        let bytes = read_body(request.into_body(), MAX).await?;
        if !is_json {
            let detail = "Send the body as JSON, with “Content-Type: application/json”.";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type_unsupported", detail));
        }
        parse(&bytes).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if std::str::from_utf8(bytes).is_err() {
        return Err(malformed("The body is not UTF-8."));
    }
    serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "field_invalid", format!("The body does not fit: {error}."))
        }
        serde_json::error::Category::Eof => malformed("The body is not complete JSON: it ends too early."),
        _ => malformed(&format!("The body is not JSON (line {}, column {}).", error.line(), error.column())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::protocol::{EnrollRequest, ProgressReport};
    use proptest::prelude::*;

    fn code_of<T: DeserializeOwned>(bytes: &[u8]) -> Option<&'static str> {
        parse::<T>(bytes).err().map(|problem| problem.code())
    }

    #[test]
    fn each_kind_of_bad_body_has_its_own_code() {
        assert_eq!(code_of::<ProgressReport>(br#"{"step":"done"}"#), None);
        assert_eq!(code_of::<ProgressReport>(br#"{"step":"do"#), Some("body_malformed"));
        assert_eq!(code_of::<ProgressReport>(b"step=done"), Some("body_malformed"));
        assert_eq!(code_of::<ProgressReport>(b"{\"step\":\"\xff\"}"), Some("body_malformed"));
        assert_eq!(code_of::<ProgressReport>(br#"{"step":"dance"}"#), Some("field_invalid"));
    }

    #[test]
    fn deep_nesting_is_refused_without_harm() {
        assert_eq!(code_of::<serde_json::Value>("[".repeat(100_000).as_bytes()), Some("body_malformed"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_without_panic(bytes: Vec<u8>) {
            let _ = code_of::<EnrollRequest>(&bytes);
        }
    }
}
