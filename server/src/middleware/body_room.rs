//! A common room for the bodies of all requests, so that many of them at once never take the server's memory. It is taken
//! as bytes arrive, before anybody knows who sends them; a length that is only announced takes nothing.

use crate::http::problem::Problem;
use axum::{
    Error,
    body::{Body, Bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::{
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes of all bodies that are being read.
const ROOM: usize = 32 * 1024 * 1024;
/// The room is taken in pieces of this many bytes.
const PIECE: usize = 64 * 1024;
/// The first bytes of each body take no room: reports and forms are still read when it is full.
const FREE: usize = 4 * 1024;

/// The room. Clones share it.
#[derive(Clone, Debug)]
pub struct BodyRoom(Arc<Semaphore>);

impl Default for BodyRoom {
    fn default() -> Self {
        Self::new(ROOM)
    }
}

impl BodyRoom {
    /// A room of `bytes`.
    pub fn new(bytes: usize) -> Self {
        Self(Arc::new(Semaphore::new(bytes / PIECE)))
    }
}

/// Answers 503 to a request whose body finds no room.
pub async fn bound_bodies(State(room): State<BodyRoom>, request: Request, next: Next) -> Response {
    let share = Arc::new(Share { room, taken: Mutex::default(), is_refused: AtomicBool::new(false) });
    let counted = Arc::clone(&share);
    let request = request.map(|body| Body::new(Counted { body, share: counted }));
    let response = next.run(request).await;
    if share.is_refused.load(Ordering::Relaxed) { Problem::unavailable().into_response() } else { response }
}

/// What one request has taken of the room; given back when it was answered.
struct Share {
    room: BodyRoom,
    taken: Mutex<Taken>,
    is_refused: AtomicBool,
}

#[derive(Default)]
struct Taken {
    bytes: usize,
    pieces: Option<OwnedSemaphorePermit>,
}

impl Share {
    /// Takes room for `bytes` more; false when there is none.
    fn take(&self, bytes: usize) -> bool {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.bytes = taken.bytes.saturating_add(bytes);
        let needed = taken.bytes.saturating_sub(FREE).div_ceil(PIECE);
        let held = taken.pieces.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let missing = u32::try_from(needed.saturating_sub(held)).unwrap_or(u32::MAX);
        if missing == 0 {
            return true;
        }
        let Ok(more) = Arc::clone(&self.room.0).try_acquire_many_owned(missing) else {
            self.is_refused.store(true, Ordering::Relaxed);
            return false;
        };
        match taken.pieces.as_mut() {
            Some(pieces) => pieces.merge(more),
            None => taken.pieces = Some(more),
        }
        true
    }
}

/// A body whose bytes are counted as they are read.
struct Counted {
    body: Body,
    share: Arc<Share>,
}

#[derive(Debug, thiserror::Error)]
#[error("no room for the body")]
struct NoRoom;

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        let bytes = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref()).map_or(0, Bytes::len);
        if !self.share.take(bytes) {
            return Poll::Ready(Some(Err(Error::new(NoRoom))));
        }
        Poll::Ready(frame)
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
    use axum::{Router, extract::DefaultBodyLimit, middleware::from_fn_with_state, routing::post};
    use http::StatusCode;
    use tower::ServiceExt as _;

    /// The answer to a body of `bytes`.
    async fn answer(room: &BodyRoom, bytes: usize) -> StatusCode {
        let routes = Router::new()
            .route("/", post(async |_: Bytes| ()))
            .layer(DefaultBodyLimit::disable())
            .layer(from_fn_with_state(room.clone(), bound_bodies));
        let request = Request::post("/").body(Body::from(vec![b'x'; bytes])).unwrap();
        routes.oneshot(request).await.unwrap().status()
    }

    #[tokio::test]
    async fn a_body_without_room_is_refused_and_gives_back_what_it_took() {
        let room = BodyRoom::new(2 * PIECE);
        for _ in 0..3 {
            assert_eq!(answer(&room, FREE + 2 * PIECE).await, StatusCode::OK);
            assert_eq!(answer(&room, FREE + 2 * PIECE + 1).await, StatusCode::SERVICE_UNAVAILABLE);
        }
    }

    #[tokio::test]
    async fn small_bodies_are_read_when_the_room_is_full() {
        let room = BodyRoom::new(0);
        assert_eq!(answer(&room, FREE).await, StatusCode::OK);
        assert_eq!(answer(&room, FREE + 1).await, StatusCode::SERVICE_UNAVAILABLE);
    }
}
