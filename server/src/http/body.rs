//! Reading a body up to a limit.

use super::problem::Problem;
use axum::body::Body;
use futures::StreamExt as _;
use http::StatusCode;

/// A body that is too long is read and dropped up to this many times its limit: the sender gets the answer instead of a
/// broken connection.
const DRAIN_FACTOR: usize = 16;

/// Reads a body of at most `max` bytes.
///
/// # Errors
/// 413 when it is longer, 400 when the connection breaks.
pub async fn read_body(body: Body, max: usize) -> Result<Vec<u8>, Problem> {
    let mut stream = body.into_data_stream();
    let mut bytes = Vec::new();
    let mut length = 0_usize;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| malformed("The body ended too early."))?;
        length = length.saturating_add(chunk.len());
        if length <= max {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
            if length > max.saturating_mul(DRAIN_FACTOR) {
                break;
            }
        }
    }
    if length > max {
        let detail = format!("The body is too large: {} at most.", size(max));
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail));
    }
    Ok(bytes)
}

fn size(bytes: usize) -> String {
    const MB: usize = 1024 * 1024;
    if bytes.is_multiple_of(MB) { format!("{} MB", bytes / MB) } else { format!("{} kB", bytes / 1024) }
}

/// 400: the body is incomplete or not what it should be.
pub(super) fn malformed(detail: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "body_malformed", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_at_its_limit_is_read_and_one_byte_more_is_refused() {
        assert_eq!(read_body(Body::from(vec![b'x'; 64]), 64).await.map(|bytes| bytes.len()).ok(), Some(64));
        let problem = read_body(Body::from(vec![b'x'; 65]), 64).await.unwrap_err();
        assert_eq!(problem.code(), "body_too_large");
    }
}
