//! Files that a browser has already: each carries a tag of its content, and is not sent again to who names that tag.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// The file with this SHA-256, or *not modified* for a browser that has it. The tag is in the answer; every other header is
/// for the caller to add, to both.
pub(super) fn unless_known(sha256: &[u8; 32], request: &HeaderMap, file: impl IntoResponse) -> Response {
    let tag = tag(sha256);
    let is_known = tag.is_some() && request.get(header::IF_NONE_MATCH) == tag.as_ref();
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { file.into_response() };
    response.headers_mut().extend(tag.map(|tag| (header::ETAG, tag)));
    response
}

fn tag(sha256: &[u8; 32]) -> Option<HeaderValue> {
    let number = u64::from_be_bytes(*sha256.first_chunk()?);
    HeaderValue::from_str(&format!("\"{number:016x}\"")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(content: u8, known: Option<&'static str>) -> Response {
        let known = known.map(|tag| (header::IF_NONE_MATCH, HeaderValue::from_static(tag)));
        unless_known(&[content; 32], &known.into_iter().collect(), "the file")
    }

    #[test]
    fn only_who_names_the_tag_of_this_content_is_not_sent_the_file() {
        for (known, status) in [
            (None, StatusCode::OK),
            (Some("\"0101010101010101\""), StatusCode::NOT_MODIFIED),
            (Some("\"0202020202020202\""), StatusCode::OK),
            (Some("0101010101010101"), StatusCode::OK),
        ] {
            let answer = answer(1, known);
            assert_eq!(answer.status(), status, "{known:?}");
            assert_eq!(answer.headers()[header::ETAG], "\"0101010101010101\"", "{known:?}");
        }
    }
}
