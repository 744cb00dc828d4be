//! `GET /live`: Server-Sent Events that tell which rows changed. Pages refetch what they show; no row travels here.

use crate::{
    http::{assets, problem::Problem},
    middleware::session::{required, signed_in},
    state::AppState,
};
use axum::{
    extract::{Request, State},
    response::{
        IntoResponse as _, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::types::ids::SessionId;
use futures::{Stream, stream};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use service::{LiveChange, LiveEvent, SessionToken};
use std::{collections::VecDeque, convert::Infallible, time::Duration};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// How far behind a browser may be and still be told event by event.
const BACKLOG_MAX: u32 = 1000;
/// The pause before a browser connects again.
const RETRY: Duration = Duration::from_secs(2);
/// A sign of life, so that proxies and browsers notice a dead connection.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How often the session is looked at again: its end is told at once, but not its expiry.
const RECHECK: Duration = Duration::from_mins(1);

/// Streams what changes until the browser goes, the session ends or the server goes down.
///
/// # Errors
/// 401 without a session; 503 while the journal cannot be read.
pub async fn live(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let session = signed_in(&request)?.session_id;
    let token = required(&request)?;
    // Listening begins before the journal is read: nothing falls between the two.
    let receiver = state.rollcall.live();
    let first = backlog(&state, last_event_id(request.headers())).await?;
    let subscription = Subscription::new(state, (session, token), receiver, first);
    let stream = Sse::new(subscription.into_stream()).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    let mut response = stream.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

fn last_event_id(headers: &HeaderMap) -> Option<i64> {
    headers.get("last-event-id")?.to_str().ok()?.trim().parse().ok()
}

/// What a stream begins with.
struct Backlog {
    events: VecDeque<Event>,
    /// The journal's sequence number up to which the browser knows everything.
    seen: i64,
}

/// What happened since `last`, or a reset when that is too much or unknown. A browser that connects for the first time
/// has just loaded its page and is told the place where it stands.
async fn backlog(state: &AppState, last: Option<i64>) -> Result<Backlog, Problem> {
    let head = state.rollcall.journal_head().await?;
    let hello = Event::default().retry(RETRY).comment("live");
    let mut events = VecDeque::from([hello, front_end(state)]);
    let Some(last) = last else {
        return Ok(Backlog { events, seen: head });
    };
    let missed = if last <= head { state.rollcall.live_since(last, BACKLOG_MAX + 1).await.ok() } else { None };
    let Some(missed) = missed.filter(|missed| missed.len() <= BACKLOG_MAX as usize) else {
        events.push_back(reset(head));
        return Ok(Backlog { events, seen: head });
    };
    let seen = missed.iter().filter_map(|event| event.seq).max().unwrap_or(last);
    events.extend(missed.iter().map(change));
    Ok(Backlog { events, seen })
}

/// Which front end this server belongs to. A page that was loaded from an older one cannot read its answers.
fn front_end(state: &AppState) -> Event {
    Event::default().event("front-end").data(assets::paths(&state.leptos).wasm)
}

/// A row changed.
fn change(event: &LiveChange) -> Event {
    let data = serde_json::to_string(event).unwrap_or_default();
    let told = Event::default().event("change").data(data);
    match event.seq {
        Some(seq) => told.id(seq.to_string()),
        None => told,
    }
}

/// An import of people went on. Its page asks how far it is; lists look again as after any change.
fn import() -> Event {
    Event::default().event("change").data(r#"{"kind":"import"}"#)
}

/// Fetch everything again: something was missed.
fn reset(head: i64) -> Event {
    Event::default().event("reset").id(head.to_string()).data("{}")
}

/// One browser that listens.
struct Subscription {
    state: AppState,
    session: SessionId,
    token: SessionToken,
    receiver: Receiver<LiveEvent>,
    waiting: VecDeque<Event>,
    seen: i64,
    recheck: tokio::time::Interval,
}

impl Subscription {
    fn new(
        state: AppState,
        (session, token): (SessionId, SessionToken),
        receiver: Receiver<LiveEvent>,
        first: Backlog,
    ) -> Self {
        let mut recheck = tokio::time::interval(RECHECK);
        // The first tick comes at once, and the session was just looked at.
        recheck.reset();
        Self { state, session, token, receiver, waiting: first.events, seen: first.seen, recheck }
    }

    fn into_stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut subscription| async move {
            let event = subscription.next().await?;
            Some((Ok(event), subscription))
        })
    }

    /// The next event; `None` at the end.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            tokio::select! {
                received = self.receiver.recv() => match received {
                    Ok(LiveEvent::Changed(event)) => self.take(&event),
                    Ok(LiveEvent::SessionEnded(session)) if session == self.session => return None,
                    Ok(LiveEvent::SessionEnded(_)) => {}
                    Ok(LiveEvent::ImportProgressed) => self.waiting.push_back(import()),
                    Ok(LiveEvent::Missed) | Err(RecvError::Lagged(_)) => self.catch_up().await?,
                    Err(RecvError::Closed) => return None,
                },
                () = self.state.shutdown.begun() => return None,
                _ = self.recheck.tick() => self.check_session().await?,
            }
        }
    }

    /// Queues an event unless the backlog told it already.
    ///
    /// `seen` stays as it is: the channel gives every event once, but not surely in the journal's order.
    fn take(&mut self, event: &LiveChange) {
        if event.seq.is_some_and(|seq| seq <= self.seen) {
            return;
        }
        self.waiting.push_back(change(event));
    }

    /// The browser read too slowly, or the server did: events were dropped.
    async fn catch_up(&mut self) -> Option<()> {
        let head = self.state.rollcall.journal_head().await.ok()?;
        self.seen = self.seen.max(head);
        self.waiting.push_back(reset(head));
        Some(())
    }

    /// `None` when the session is over.
    async fn check_session(&self) -> Option<()> {
        let session = self.state.rollcall.session(self.token.expose()).await;
        // A store that is busy is no reason to hang up.
        (!matches!(session, Ok(None))).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{http::assets, shutdown::Shutdown};
    use service::{Rollcall, Settings, environment::Environment, security::keys::Keys};
    use std::{path::Path, sync::Arc};
    use store::Store;
    use store_sqlite::SqliteStore;
    use tokio::sync::broadcast;

    async fn state(dir: &Path) -> AppState {
        let edge = Environment::system();
        let keys = Keys::load_or_create(&dir.join("secret.key"), &edge).unwrap();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&dir.join("rollcall.db")).await.unwrap());
        let mail_from = "Rollcall <rollcall@localhost>".parse().unwrap();
        let settings = Settings::new("http://localhost".parse().unwrap(), mail_from, dir.join("mail"));
        let rollcall = Rollcall::new(store, edge, keys, settings);
        AppState { rollcall, leptos: assets::leptos_options(), shutdown: Shutdown::new(), behind_proxy: false }
    }

    #[tokio::test]
    async fn a_browser_that_reads_too_slowly_starts_over() {
        let dir = tempfile::tempdir().unwrap();
        let (sender, receiver) = broadcast::channel(2);
        let session = (SessionId(uuid::Uuid::nil()), SessionToken::from_cookie(""));
        let nothing = Backlog { events: VecDeque::new(), seen: 0 };
        let mut subscription = Subscription::new(state(dir.path()).await, session, receiver, nothing);
        for _ in 0..3 {
            sender.send(LiveEvent::SessionEnded(SessionId(uuid::Uuid::max()))).unwrap();
        }
        let told = subscription.next().await.unwrap();
        assert!(format!("{told:?}").contains("event: reset"), "{told:?}");
    }
}
