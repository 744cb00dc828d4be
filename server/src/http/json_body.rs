//! JSON bodies that programs send: a bad one is refused as a whole, with a problem that says what is wrong.

use super::{
    body::{malformed, read_body},
    extract::content_type,
    objects_only,
    problem::Problem,
};
use axum::extract::{FromRequest, Request};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

/// Longest body of most calls, in bytes.
pub const BODY_MAX: usize = 256 * 1024;
/// Longest inventory, in bytes.
pub const INVENTORY_MAX: usize = 1024 * 1024;
/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A JSON body of at most `MAX` bytes.
pub struct JsonBody<T, const MAX: usize = BODY_MAX>(pub T);

impl<T, S, const MAX: usize> FromRequest<S> for JsonBody<T, MAX>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let checked = check_content_type(request.headers());
        // The body is read first: a sender that is refused meanwhile would see a broken connection.
        let bytes = read_body(request.into_body(), MAX).await?;
        checked?;
        parse(&bytes).map(Self)
    }
}

/// JSON is always UTF-8 (RFC 8259, 8.1), so another charset is a mistake that is better named than read wrongly.
fn check_content_type(headers: &HeaderMap) -> Result<(), Problem> {
    let unsupported = |detail| Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type_unsupported", detail);
    let (kind, charset) = content_type(headers);
    if kind != "application/json" && !(kind.starts_with("application/") && kind.ends_with("+json")) {
        return Err(unsupported("Send the body as JSON, with “Content-Type: application/json”."));
    }
    match charset.as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii") => Ok(()),
        Some(_) => Err(unsupported("Send the body in UTF-8: JSON has no other charset.")),
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if std::str::from_utf8(bytes).is_err() {
        return Err(malformed("The body is not UTF-8."));
    }
    // Some programs write a byte order mark, which a reader may ignore (RFC 8259, 8.1).
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    objects_only::from_slice(bytes).map_err(|error| match error.classify() {
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
    use http::header;
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
    fn a_byte_order_mark_is_ignored_and_another_charset_is_named() {
        assert_eq!(code_of::<ProgressReport>(b"\xef\xbb\xbf{\"step\":\"done\"}"), None);
        assert_eq!(code_of::<ProgressReport>(b"\xef\xbb\xbf\xef\xbb\xbf{\"step\":\"done\"}"), Some("body_malformed"));
        let check = |value: &str| {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, value.parse().unwrap())]);
            check_content_type(&headers).err().map(|problem| problem.detail().to_owned())
        };
        for good in
            ["application/json", "Application/JSON; Charset=\"UTF-8\"", "application/merge-patch+json;charset=utf8"]
        {
            assert_eq!(check(good), None, "{good}");
        }
        for other in ["application/json; charset=iso-8859-1", "application/json;charset=\"windows-1250\""] {
            assert!(check(other).unwrap().contains("UTF-8"), "{other}");
        }
        assert!(check("text/plain").is_some());
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
