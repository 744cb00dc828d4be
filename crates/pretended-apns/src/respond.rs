//! Requests and answers.

use crate::phones::{Phones, answer};
use apple::apns::{Answer, Push, PushError};
use http_body_util::{BodyExt as _, Limited};
use hyper::{
    Request, Response, Version,
    body::{Body, Bytes, Frame, Incoming},
};
use std::{
    convert::Infallible,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

/// The longest body that Apple takes, in bytes.
const MAX_BODY: usize = 4096;
/// How many pieces of 1,024 bytes a long answer has: more than any window of HTTP/2 holds.
const LONG_PIECES: usize = 64 * 1024;

/// What the service answers.
#[derive(Clone)]
pub enum Reply {
    /// An answer as Apple gives it. One with the status 200 delivers the push.
    Answer(Answer),
    /// Nothing, ever.
    Silence,
    /// This status, and a body that is longer than any window of HTTP/2. The flag says whether all of it was taken.
    Long(u16, Arc<AtomicBool>),
    /// Another place.
    Elsewhere(String),
}

impl Reply {
    /// A refusal with one of Apple's reasons.
    pub fn refusal(status: u16, reason: &str) -> Self {
        Self::Answer(answer(status, Some(reason)))
    }
}

/// A push that arrived, whatever was answered.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Counts connections, from 1 on.
    pub connection: usize,
    /// The version of HTTP.
    pub version: Version,
    /// The client's certificate in DER.
    pub certificate: Vec<u8>,
    /// The push.
    pub push: Push,
    /// How many headers of Apple's were there.
    pub headers: usize,
}

/// A connection.
#[derive(Clone)]
pub(crate) struct Connection {
    pub number: usize,
    pub certificate: Vec<u8>,
    pub phones: Arc<Phones>,
}

impl Connection {
    pub async fn respond(self, request: Request<Incoming>) -> Result<Response<Said>, Infallible> {
        let (head, body) = request.into_parts();
        let reply = match Limited::new(body, MAX_BODY).collect().await {
            Ok(body) => self.reply(&head, &body.to_bytes()),
            Err(_) => Reply::refusal(413, "PayloadTooLarge"),
        };
        Ok(match reply {
            Reply::Answer(answer) => {
                let body = Said::Once(Some(answer.body()));
                let pause = answer.retry_after.map(|pause| ("retry-after", pause.as_secs().to_string()));
                response(answer.status, pause, body)
            }
            Reply::Silence => std::future::pending().await,
            Reply::Long(status, whole) => response(status, None, Said::Long(LONG_PIECES, whole)),
            Reply::Elsewhere(to) => response(307, Some(("location", to)), Said::Once(None)),
        })
    }

    fn reply(&self, head: &hyper::http::request::Parts, body: &[u8]) -> Reply {
        if head.method != hyper::Method::POST {
            return Reply::refusal(405, "MethodNotAllowed");
        }
        let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
        let push = match Push::read(head.uri.path(), header, body) {
            Ok(push) => push,
            Err(error) => return Reply::refusal(400, reason(error)),
        };
        self.phones.take(&Arrived {
            connection: self.number,
            version: head.version,
            certificate: self.certificate.clone(),
            push,
            headers: head.headers.keys().filter(|name| name.as_str().starts_with("apns-")).count(),
        })
    }
}

/// Apple's word for it.
const fn reason(error: PushError) -> &'static str {
    match error {
        PushError::Token => "BadDeviceToken",
        PushError::Magic => "PayloadEmpty",
        PushError::Topic => "BadTopic",
        PushError::Expiration => "BadExpirationDate",
        PushError::Kind => "InvalidPushType",
    }
}

fn response(status: u16, header: Option<(&'static str, String)>, body: Said) -> Response<Said> {
    let mut response = Response::new(body);
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
    if let Some((name, value)) = header
        && let Ok(value) = value.parse()
    {
        response.headers_mut().insert(name, value);
    }
    response
}

pub(crate) enum Said {
    Once(Option<Vec<u8>>),
    /// So many pieces are left.
    Long(usize, Arc<AtomicBool>),
}

impl Body for Said {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = match &mut *self {
            Self::Once(body) => body.take().map(Bytes::from),
            Self::Long(0, whole) => {
                whole.store(true, Ordering::Relaxed);
                None
            }
            Self::Long(left, _) => {
                *left -= 1;
                Some(Bytes::from_static(&[b' '; 1024]))
            }
        };
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }
}
