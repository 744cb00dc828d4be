//! Compresses answers, only so many at a time: each takes some megabytes until its client has read it, and a client may
//! take its time. Further answers are sent as they are.

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{Extensions, HeaderMap, StatusCode, Version, header};
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower_http::compression::{
    CompressionLayer, DefaultPredicate,
    predicate::{And, Predicate},
};

/// Most answers that are compressed at the same time.
const AT_ONCE: usize = 32;

/// Turns at the compressor. Clones share them.
#[derive(Clone, Debug)]
pub struct Turns(Arc<Semaphore>);

impl Default for Turns {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// Marks an answer that is sent as it is.
#[derive(Clone, Copy)]
struct AsItIs;

type HasTurn = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// The layer that compresses. Leaves event streams, small answers and compressed files as they are. [`take_turns`] has to
/// be inside of it.
pub fn layer() -> CompressionLayer<And<DefaultPredicate, HasTurn>> {
    CompressionLayer::new().compress_when(DefaultPredicate::new().and(has_turn as HasTurn))
}

fn has_turn(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<AsItIs>().is_none()
}

/// Gives each answer that could be compressed a turn, or marks it when there is none left.
pub async fn take_turns(State(turns): State<Turns>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let is_compressed = response.headers().contains_key(header::CONTENT_ENCODING);
    if is_compressed || !DefaultPredicate::new().should_compress(&response) {
        return response;
    }
    let Ok(turn) = turns.0.try_acquire_owned() else {
        response.extensions_mut().insert(AsItIs);
        return response;
    };
    response.map(|body| Body::new(Holding { body, _turn: turn }))
}

/// A body that holds its turn until it was read, or dropped.
struct Holding {
    body: Body,
    _turn: OwnedSemaphorePermit,
}

impl HttpBody for Holding {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, middleware::from_fn_with_state, routing::get};
    use tower::ServiceExt as _;

    #[tokio::test]
    async fn only_so_many_answers_are_compressed_until_they_were_read() {
        let turns = Turns(Arc::new(Semaphore::new(1)));
        let routes = Router::new()
            .route("/", get(async || "text ".repeat(1000)))
            .layer(from_fn_with_state(turns, take_turns))
            .layer(layer());
        let fetch = async || {
            let request = Request::get("/").header("accept-encoding", "gzip").body(Body::empty()).unwrap();
            routes.clone().oneshot(request).await.unwrap()
        };
        let is_compressed = |response: &Response| response.headers().contains_key("content-encoding");
        let unread = fetch().await;
        let other = fetch().await;
        assert_eq!((is_compressed(&unread), is_compressed(&other)), (true, false));
        assert_eq!(axum::body::to_bytes(other.into_body(), 10_000).await.unwrap().len(), 5000);
        drop(unread);
        assert!(is_compressed(&fetch().await));
    }
}
