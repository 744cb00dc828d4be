//! Tables that are streamed as files.

use crate::http::problem::Problem;
use axum::{
    body::Body,
    response::{IntoResponse as _, Response},
};
use futures::{StreamExt as _, stream};
use http::header;
use service::{Export, ServiceError};

/// Streams a table as a file of this name. The first piece is read before the answer begins, so that a fault becomes a
/// proper error. A later fault breaks the connection, so that nobody takes half a table for the whole.
///
/// # Errors
/// Faults of the store.
pub async fn stream(mut export: Export, name: &str) -> Result<Response, Problem> {
    let first = export.next().await?.unwrap_or_default();
    let pieces = stream::unfold((Some(first), export), |(first, mut export)| async move {
        let piece: Result<Vec<u8>, ServiceError> = match first {
            Some(first) => Ok(first),
            None => export.next().await.transpose()?,
        };
        Some((piece, (None, export)))
    });
    // Fused, because the compression layer polls once more after the end.
    Ok(attachment(Body::from_stream(pieces.fuse()), name))
}

/// A table as a file of this name.
pub fn attachment(body: impl Into<Body>, name: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, body.into()).into_response()
}
