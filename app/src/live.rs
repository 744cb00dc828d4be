//! Live changes: one event stream for each tab, opened after hydration, and who wants to hear of what came.

use crate::{api::account, erase::dynamic, error::AppError, say, session::Session};
use domain::types::ids::{DeviceId, InvitationId, PersonId, SlotId};
use leptos::{ev, prelude::*, task::spawn_local};
use std::{cell::RefCell, str::FromStr, time::Duration};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, EventSource, MessageEvent};

/// Pause before the stream is opened again after the server closed it for good, in milliseconds.
const REOPEN_MS: u64 = 4000;

/// What changed, as far as a page needs to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the names of the event's JSON")]
pub struct Changed {
    /// Whom it is about.
    pub person_id: Option<PersonId>,
    /// The invitation, when it is about one.
    pub invitation_id: Option<InvitationId>,
    /// The row, when it is about one.
    pub slot_id: Option<SlotId>,
    /// The device, when it is about one.
    pub device_id: Option<DeviceId>,
}

/// State of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiveState {
    /// Not open yet.
    Connecting,
    /// Changes arrive.
    Open,
    /// It broke and is being opened again.
    Reconnecting,
}

impl Changed {
    /// Reads the JSON of an event; `None` when it is none. The browser's own reader needs no code here.
    fn read(json: &str) -> Option<Self> {
        let event = js_sys::JSON::parse(json).ok()?;
        Some(Self {
            person_id: id(&event, "person_id"),
            invitation_id: id(&event, "invitation_id"),
            slot_id: id(&event, "slot_id"),
            device_id: id(&event, "device_id"),
        })
    }
}

fn id<T: FromStr>(event: &JsValue, name: &str) -> Option<T> {
    js_sys::Reflect::get(event, &JsValue::from_str(name)).ok()?.as_string()?.parse().ok()
}

type Listener = Callback<Option<Changed>>;

/// The stream, and who listens.
#[derive(Clone, Copy)]
pub struct Live {
    state: RwSignal<LiveState>,
    outdated: RwSignal<bool>,
    listeners: StoredValue<Vec<(u32, Listener)>>,
    next: StoredValue<u32>,
    session: Session,
}

/// An open stream with the closures it calls.
struct Open {
    source: EventSource,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_event: Closure<dyn FnMut(Event)>,
}

thread_local! {
    /// The stream of this tab. Not in a signal: the server would have to drop it on the thread that made it.
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
}

/// Whether this page was loaded with the file of this path.
fn is_loaded(path: &str) -> bool {
    let preloads = document().query_selector(&format!("link[href=\"{path}\"]"));
    preloads.is_ok_and(|found| found.is_some())
}

fn is_open() -> bool {
    OPEN.with_borrow(Option::is_some)
}

impl Live {
    /// Opens the stream once the page is hydrated, and makes it known to everything below.
    pub fn provide(session: Session) -> Self {
        let live = Self {
            state: RwSignal::new(LiveState::Connecting),
            outdated: RwSignal::new(false),
            listeners: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
            session,
        };
        provide_context(live);
        Effect::new(move || live.attach());
        live
    }

    /// State of the stream.
    pub fn state(self) -> LiveState {
        self.state.get()
    }

    /// True when the server was replaced by one with another front end: this page may not understand it.
    pub fn is_outdated(self) -> bool {
        self.outdated.get()
    }

    /// Calls `listener` with every change, and with `None` when anything may have changed, until the owner that is
    /// current now is cleaned up.
    pub fn listen(self, listener: impl Fn(Option<Changed>) + Send + Sync + 'static) {
        let id = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let Some(id) = id else { return };
        let listener = Callback::new(listener);
        self.listeners.update_value(|all| all.push((id, listener)));
        on_cleanup(move || {
            self.listeners.try_update_value(|all| all.retain(|(other, _)| *other != id));
        });
    }

    /// Tells every listener that anything may have changed.
    pub fn refresh_all(self) {
        self.tell(None);
    }

    fn tell(self, change: Option<&Changed>) {
        let listeners = self.listeners.try_get_value().unwrap_or_default();
        for (_, listener) in listeners {
            listener.run(change.cloned());
        }
    }

    fn attach(self) {
        self.open();
        let hidden = window_event_listener(ev::pagehide, |_| close());
        // A page that comes back from the browser's cache is as old as when it went there.
        let shown = window_event_listener(ev::pageshow, move |_| {
            if !is_open() {
                self.open();
            }
        });
        on_cleanup(move || {
            hidden.remove();
            shown.remove();
            close();
        });
    }

    fn open(self) {
        let Ok(source) = EventSource::new("/live") else {
            return;
        };
        let on_message = Closure::new(move |event: MessageEvent| match event.type_().as_str() {
            "change" => self.received(&event),
            _ => self.outdated.set(!is_loaded(&event.data().as_string().unwrap_or_default())),
        });
        let on_event = Closure::new(move |event: Event| match event.type_().as_str() {
            "open" => {
                self.state.set(LiveState::Open);
                // What changed before the stream was open is not told by it.
                self.tell(None);
            }
            "reset" => self.tell(None),
            _ => self.broken(),
        });
        let message = on_message.as_ref().unchecked_ref();
        let event = on_event.as_ref().unchecked_ref();
        let added = source
            .add_event_listener_with_callback("change", message)
            .and_then(|()| source.add_event_listener_with_callback("front-end", message))
            .and_then(|()| source.add_event_listener_with_callback("reset", event));
        if added.is_ok() {
            source.set_onopen(Some(event));
            source.set_onerror(Some(event));
            OPEN.set(Some(Open { source, _on_message: on_message, _on_event: on_event }));
        }
    }

    fn received(self, event: &MessageEvent) {
        let text = event.data().as_string().unwrap_or_default();
        self.tell(Changed::read(&text).as_ref());
    }

    fn broken(self) {
        self.state.set(LiveState::Reconnecting);
        let given_up =
            OPEN.with_borrow(|open| open.as_ref().is_some_and(|open| open.source.ready_state() == EventSource::CLOSED));
        if given_up {
            // The browser tries again by itself after a lost connection, but not after an answer that is no stream.
            close();
            set_timeout(move || self.reopen(), Duration::from_millis(REOPEN_MS));
        }
    }

    fn reopen(self) {
        spawn_local(async move {
            match account::check_session().await {
                Err(AppError::Unauthenticated) => self.session.note(&AppError::Unauthenticated),
                _ if !is_open() && !self.listeners.is_disposed() => self.open(),
                _ => {}
            }
        });
    }
}

fn close() {
    if let Some(open) = OPEN.take() {
        open.source.set_onopen(None);
        open.source.set_onerror(None);
        open.source.close();
    }
}

/// Says whether changes arrive.
#[component]
pub fn LiveIndicator() -> impl IntoView {
    let live = expect_context::<Live>();
    let word = move || match live.state() {
        LiveState::Connecting => ("connecting", say::live_connecting()),
        LiveState::Open => ("open", say::live_open()),
        LiveState::Reconnecting => ("reconnecting", say::live_reconnecting()),
    };
    view! {
        <span class="live" role="status" data-live=move || word().0 title=say::live_hint()>
            <span class="live-dot" aria-hidden="true"></span>
            {dynamic(move || word().1)}
        </span>
    }
}
