//! Refuses URLs that are not UTF-8, so that no handler has to deal with them.

use crate::http::problem::Problem;
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{StatusCode, Uri};
use percent_encoding::percent_decode_str;

/// Answers 400 to a URL whose path or query, once decoded, is not UTF-8 or contains a NUL.
pub async fn refuse_bad_urls(request: Request, next: Next) -> Response {
    if is_text(request.uri()) {
        return next.run(request).await;
    }
    Problem::new(StatusCode::BAD_REQUEST, "url_malformed", "This address is not valid UTF-8.").into_response()
}

fn is_text(uri: &Uri) -> bool {
    [uri.path(), uri.query().unwrap_or_default()]
        .into_iter()
        .all(|part| percent_decode_str(part).decode_utf8().is_ok_and(|text| !text.contains('\0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_has_to_be_text() {
        let check = |text: &str| is_text(&text.parse().unwrap());
        assert!(check("/devices?search=M%C3%BCller%20%2B"));
        assert!(check("/100%"));
        for bad in ["/%ff", "/devices?search=%C3%28", "/a%00b"] {
            assert!(!check(bad), "{bad}");
        }
    }
}
