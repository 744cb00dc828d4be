//! `GET /live`: Server-Sent Events that say which rows changed. Pages then fetch what they show; no row is sent here.
//!
//! | event | data | sent |
//! | --- | --- | --- |
//! | `front-end` | path of the front end of this server | first; its id is the place in the journal at which the stream begins |
//! | `stream` | names the stream, for `PUT /live/{stream}` | second |
//! | `outbox` | when the mail server is tried again, in milliseconds, and why nothing goes out; `0` while mails go out | at once, and when the stream begins |
//! | `change` | what changed, and where it shows | at once, then gathered for a quarter of a second |
//! | `change` without ids | that lists may have changed, in rows that the browser does not show | once for all that came meanwhile, the less often the more streams there are |
//! | `beat` | contacts of devices whose rows the browser shows, gathered | every 15 seconds, with or without contacts |
//! | `reset` | nothing: the page has to fetch everything again | when events were missed |
//!
//! `PUT /live/{stream}` says what the browser shows. Changes of all else are not even looked at for it. An event has an id, a
//! place in the journal, only if everything up to that place was told: a change that is told while a hint to the lists is
//! still to come has none.

use crate::{
    http::{
        assets,
        extract::{PathId, not_found},
        json_body::JsonBody,
        problem::Problem,
    },
    middleware::session::{session_token, signed_in, signed_out},
    state::AppState,
};
use axum::{
    Extension,
    extract::{Request, State},
    response::{
        IntoResponse as _, Response,
        sse::{Event, Sse},
    },
};
use domain::types::ids::SessionId;
use futures::{Stream, stream};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde_json::json;
use service::{Contact, LiveChange, LiveEvent, RowNews, RowWatch, SessionToken, Shown, SignedIn};
use std::{collections::VecDeque, convert::Infallible, time::Duration};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// How many missed events are sent one by one; a browser that missed more has to fetch everything again.
const BACKLOG_MAX: u32 = 1000;
/// The pause before a browser connects again.
const RETRY: Duration = Duration::from_secs(1);
/// How often `beat` is sent, so that proxies and browsers notice a dead connection: scripts do not see comments.
const BEAT: Duration = Duration::from_secs(15);
/// How often the session is checked again: signing out ends the stream at once, expiry does not.
const RECHECK: Duration = Duration::from_mins(1);

/// Streams changes until the browser disconnects, the session ends or the server shuts down.
///
/// # Errors
/// 401 without a session; 503 while the journal cannot be read.
pub async fn live(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let session = signed_in(&request)?.session_id;
    let token = session_token(&request)?;
    // Subscribe before reading the journal, so that no event is lost between the two.
    let (receiver, rows) = (state.rollcall.notices(), state.rollcall.watch_rows(session));
    let mut first = backlog(&state, known_up_to(&request)).await?;
    first.events.push_back(outbox_event(&state));
    first.events.insert(1, Event::default().event("stream").data(rows.id().to_string()));
    let subscription = Subscription::new(state, (session, token), (receiver, rows), first);
    let mut response = Sse::new(subscription.into_stream()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

/// Takes what a browser shows from now on, in all of its tabs.
///
/// # Errors
/// 401 without a session; 404 when the stream has ended.
pub async fn show(
    State(state): State<AppState>,
    PathId(stream): PathId<u64>,
    who: Option<Extension<SignedIn>>,
    JsonBody(shown): JsonBody<Shown>,
) -> Result<StatusCode, Problem> {
    let Extension(who) = who.ok_or_else(signed_out)?;
    let is_known = state.rollcall.show_rows(stream, who.session_id, shown);
    is_known.then_some(StatusCode::NO_CONTENT).ok_or_else(not_found)
}

/// Sequence number in the journal up to which the browser knows everything: a browser that reconnects by itself sends a
/// header, a script that opens the stream asks for `?after=`.
fn known_up_to(request: &Request) -> Option<i64> {
    let header = request.headers().get("last-event-id").and_then(|id| id.to_str().ok()?.trim().parse().ok());
    let asked = || request.uri().query()?.strip_prefix("after=")?.parse().ok();
    header.or_else(asked)
}

/// What a stream begins with.
struct Backlog {
    events: VecDeque<Event>,
    /// Sequence number in the journal up to which the browser will know everything.
    up_to: i64,
}

/// The events after `last`; a reset when they are too many or cannot be read. A browser that does not say what it knows
/// has missed nothing that it could name.
async fn backlog(state: &AppState, last: Option<i64>) -> Result<Backlog, Problem> {
    let head = state.rollcall.journal_head().await?;
    // 1. Nothing is known: the stream begins here.
    let Some(last) = last else {
        return Ok(Backlog { events: VecDeque::from([front_end_event(state, head)]), up_to: head });
    };
    let mut events = VecDeque::from([front_end_event(state, last.min(head))]);
    // 2. Read one event more than may be sent, to find out whether there are too many. A `last` beyond the journal comes
    //    from another database.
    let missed = if last <= head { state.rollcall.live_since(last, BACKLOG_MAX + 1).await.ok() } else { None };
    let Some(missed) = missed.filter(|missed| missed.len() <= BACKLOG_MAX as usize) else {
        events.push_back(reset_event(head));
        return Ok(Backlog { events, up_to: head });
    };
    // 3. Send what was missed. Events that arrive on the channel and are among these are skipped later.
    let up_to = missed.iter().filter_map(|event| event.seq).max().unwrap_or(last);
    events.extend(missed.iter().map(|change| change_event(change, change.seq)));
    Ok(Backlog { events, up_to })
}

/// Names the front end of this server, and where the stream begins. A page that was loaded from another version cannot
/// read the server's answers and asks for a reload.
fn front_end_event(state: &AppState, seq: i64) -> Event {
    let path = assets::paths(&state.leptos).wasm;
    Event::default().event("front-end").retry(RETRY).id(seq.to_string()).data(path)
}

/// Something changed. `up_to` is the place in the journal up to which the browser then knows everything.
fn change_event(event: &LiveChange, up_to: Option<i64>) -> Event {
    changed(&serde_json::to_string(event).unwrap_or_default(), up_to)
}

/// Lists may have changed. It has a number, so that a page that joins the stream later hears of it.
fn lists_event(seq: Option<i64>) -> Event {
    changed(&json!({"kind": "lists", "reach": "lists", "seq": seq}).to_string(), seq)
}

fn changed(data: &str, up_to: Option<i64>) -> Event {
    let sent = Event::default().event("change").data(data);
    match up_to {
        Some(seq) => sent.id(seq.to_string()),
        None => sent,
    }
}

/// An import of people has progressed. Its page fetches the progress; lists hear of the people themselves.
fn import_event() -> Event {
    changed(r#"{"kind":"import","reach":"import"}"#, None)
}

/// Contacts since the beat before: row, moment in milliseconds, and whether the device reported its state.
fn beat_event(contacts: &[Contact]) -> Event {
    let contacts: Vec<_> = contacts.iter().map(|c| (c.slot_id, c.at.as_millis(), c.is_report)).collect();
    Event::default().event("beat").data(serde_json::to_string(&contacts).unwrap_or_default())
}

/// Whether mails go out. The event has all of it, so that nobody fetches anything.
fn outbox_event(state: &AppState) -> Event {
    let pause = state.rollcall.mail_pause();
    let data = pause.map_or_else(|| "0".to_owned(), |it| format!("{} {}", it.next_try_at.as_millis(), it.reason));
    Event::default().event("outbox").data(data)
}

/// Events were missed: the page has to fetch everything again.
fn reset_event(head: i64) -> Event {
    Event::default().event("reset").id(head.to_string()).data("{}")
}

/// One connected browser.
struct Subscription {
    state: AppState,
    session: SessionId,
    token: SessionToken,
    receiver: Receiver<LiveEvent>,
    rows: RowWatch,
    /// Events that are ready to be sent.
    queued: VecDeque<Event>,
    /// Sequence number in the journal up to which changes on the channel are old news.
    known_up_to: i64,
    beat: tokio::time::Interval,
    recheck: tokio::time::Interval,
}

impl Subscription {
    fn new(
        state: AppState,
        (session, token): (SessionId, SessionToken),
        (receiver, rows): (Receiver<LiveEvent>, RowWatch),
        first: Backlog,
    ) -> Self {
        let (mut beat, mut recheck) = (tokio::time::interval(BEAT), tokio::time::interval(RECHECK));
        // Skip the first ticks, which come at once: the session was checked a moment ago.
        beat.reset();
        recheck.reset();
        let (queued, known_up_to) = (first.events, first.up_to);
        Self { state, session, token, receiver, rows, queued, known_up_to, beat, recheck }
    }

    fn into_stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut subscription| async move {
            let event = subscription.next().await?;
            Some((Ok(event), subscription))
        })
    }

    /// The next event; `None` when the stream ends.
    async fn next(&mut self) -> Option<Event> {
        loop {
            // Send what is queued before waiting for more.
            if let Some(event) = self.queued.pop_front() {
                return Some(event);
            }
            tokio::select! {
                received = self.receiver.recv() => match received {
                    Ok(LiveEvent::SessionEnded(session)) if session == self.session => return None,
                    // Of changes and contacts it hears by what it shows.
                    Ok(LiveEvent::SessionEnded(_) | LiveEvent::Contact(_) | LiveEvent::Changed(_)) => {}
                    Ok(LiveEvent::ImportProgressed) => self.queued.push_back(import_event()),
                    Ok(LiveEvent::OutboxChanged) => self.queued.push_back(outbox_event(&self.state)),
                    Ok(LiveEvent::Missed) | Err(RecvError::Lagged(_)) => self.catch_up().await?,
                    Err(RecvError::Closed) => return None,
                },
                news = self.rows.next() => self.tell(news).await?,
                () = self.state.shutdown.begun() => return None,
                _ = self.beat.tick() => {
                    let contacts = self.rows.take_contacts();
                    self.queued.push_back(beat_event(&contacts));
                }
                _ = self.recheck.tick() => self.check_session().await?,
            }
        }
    }

    /// Queues what is to be told.
    async fn tell(&mut self, news: RowNews) -> Option<()> {
        match news {
            RowNews::Changes(changes) => self.queue(&changes),
            RowNews::Lists(seq) => {
                // What waits is from before the place that the hint names.
                match self.rows.take() {
                    Some(RowNews::Changes(changes)) => self.queue(&changes),
                    Some(_) => return self.catch_up().await,
                    None => {}
                }
                self.queued.push_back(lists_event(seq));
            }
            RowNews::Missed => self.catch_up().await?,
        }
        Some(())
    }

    /// Queues changes unless they were part of the backlog.
    ///
    /// `known_up_to` does not move: every change is told once, but not always in the journal's order.
    fn queue(&mut self, changes: &[LiveChange]) {
        let names_place = !self.rows.owes_hint();
        for change in changes.iter().filter(|change| change.seq.is_none_or(|seq| seq > self.known_up_to)) {
            self.queued.push_back(change_event(change, change.seq.filter(|_| names_place)));
        }
    }

    /// Sends a reset: events were dropped because the browser or the server was too slow.
    async fn catch_up(&mut self) -> Option<()> {
        self.rows.forget();
        let head = self.state.rollcall.journal_head().await.ok()?;
        self.known_up_to = self.known_up_to.max(head);
        self.queued.push_back(reset_event(head));
        Some(())
    }

    /// `None` when the session has ended.
    async fn check_session(&self) -> Option<()> {
        let session = self.state.rollcall.session(self.token.expose()).await;
        // A busy database is no reason to disconnect.
        (!matches!(session, Ok(None))).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{http::assets, listener::proxies::TrustedProxies, shutdown::Shutdown};
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
        AppState {
            rollcall,
            leptos: assets::leptos_options(),
            shutdown: Shutdown::new(),
            requests: Arc::default(),
            proxies: TrustedProxies::default(),
        }
    }

    const NOBODY: SessionId = SessionId(uuid::Uuid::nil());

    fn subscription(state: &AppState, receiver: Receiver<LiveEvent>) -> Subscription {
        let session = (NOBODY, SessionToken::from_cookie(""));
        let nothing = Backlog { events: VecDeque::new(), up_to: 0 };
        Subscription::new(state.clone(), session, (receiver, state.rollcall.watch_rows(NOBODY)), nothing)
    }

    #[tokio::test]
    async fn a_browser_that_reads_too_slowly_starts_over() {
        let dir = tempfile::tempdir().unwrap();
        let (sender, receiver) = broadcast::channel(2);
        let mut subscription = subscription(&state(dir.path()).await, receiver);
        for _ in 0..3 {
            sender.send(LiveEvent::SessionEnded(SessionId(uuid::Uuid::max()))).unwrap();
        }
        let event = subscription.next().await.unwrap();
        assert!(format!("{event:?}").contains("event: reset"), "{event:?}");
    }

    #[tokio::test]
    async fn a_beat_comes_without_contacts_too() {
        let dir = tempfile::tempdir().unwrap();
        let (_sender, receiver) = broadcast::channel(16);
        let mut subscription = subscription(&state(dir.path()).await, receiver);
        // It shows that the connection lives.
        subscription.beat.reset_immediately();
        let event = format!("{:?}", subscription.next().await.unwrap());
        assert!(event.contains("event: beat") && event.contains("data: []"), "{event}");
    }

    #[test]
    fn a_beat_has_row_moment_and_whether_there_was_a_report() {
        let slot_id = domain::types::ids::SlotId(uuid::Uuid::nil());
        let contact = Contact { slot_id, at: domain::Timestamp::from_millis(2), is_report: true };
        let event = format!("{:?}", beat_event(&[contact]));
        assert!(event.contains(&format!(r#"[[\"{slot_id}\",2,true]]"#)), "{event}");
    }
}
