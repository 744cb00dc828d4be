//! The live connection: one event stream for each tab, opened after hydration, through which the server reports
//! changes.

mod change;
mod stream;

pub use change::Changed;

use super::{api::account, session::Session};
use crate::wire::error::AppError;
use leptos::{ev, prelude::*, task::spawn_local};
use std::time::Duration;
use web_sys::{Event, MessageEvent};

/// Pause before the stream is opened again after the browser gave it up, in milliseconds.
const REOPEN_MS: u64 = 4000;

/// State of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionState {
    /// Not open yet.
    Connecting,
    /// Changes arrive.
    Open,
    /// It broke and is being opened again.
    Reconnecting,
}

type Listener = Callback<Option<Changed>>;

/// The live connection of this tab.
#[derive(Clone, Copy)]
pub struct LiveConnection {
    state: RwSignal<ConnectionState>,
    outdated: RwSignal<bool>,
    listeners: StoredValue<Vec<(u32, Listener)>>,
    next: StoredValue<u32>,
    session: Session,
}

/// Whether this page was loaded with the file of this path.
fn is_loaded(path: &str) -> bool {
    let preloads = document().query_selector(&format!("link[href=\"{path}\"]"));
    preloads.is_ok_and(|found| found.is_some())
}

impl LiveConnection {
    /// Opens the stream once the page is hydrated, and provides the connection to everything below.
    pub fn provide(session: Session) -> Self {
        let live = Self {
            state: RwSignal::new(ConnectionState::Connecting),
            outdated: RwSignal::new(false),
            listeners: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
            session,
        };
        provide_context(live);
        // Effects run in the browser only, and after hydration.
        Effect::new(move || live.attach());
        live
    }

    /// State of the connection.
    pub fn state(self) -> ConnectionState {
        self.state.get()
    }

    /// True when the server was replaced by one with another front end: this page may not understand it.
    pub fn is_outdated(self) -> bool {
        self.outdated.get()
    }

    /// Calls `listener` with every change, and with `None` when anything may have changed, until the current owner is
    /// cleaned up.
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

    /// Notifies every listener that anything may have changed.
    pub fn refresh_all(self) {
        self.notify(None);
    }

    fn notify(self, change: Option<&Changed>) {
        // A copy: a listener may add or remove listeners.
        let listeners = self.listeners.try_get_value().unwrap_or_default();
        for (_, listener) in listeners {
            listener.run(change.cloned());
        }
    }

    /// Opens the stream, and closes it whenever the page is hidden for good.
    fn attach(self) {
        self.open();
        let hidden = window_event_listener(ev::pagehide, |_| stream::close());
        // A page that comes back from the browser's cache is as old as when it went there.
        let shown = window_event_listener(ev::pageshow, move |_| {
            if !stream::is_open() {
                self.open();
            }
        });
        on_cleanup(move || {
            hidden.remove();
            shown.remove();
            stream::close();
        });
    }

    fn open(self) {
        let on_message = move |event: MessageEvent| match event.type_().as_str() {
            "change" => self.received(&event),
            // `front-end` names the file that the server's pages load now.
            _ => self.outdated.set(!is_loaded(&event.data().as_string().unwrap_or_default())),
        };
        let on_event = move |event: Event| match event.type_().as_str() {
            "open" => {
                self.state.set(ConnectionState::Open);
                // Changes from before the stream was open are not reported by it.
                self.notify(None);
            }
            // The server could not tell which events this browser missed.
            "reset" => self.notify(None),
            _ => self.broken(),
        };
        stream::open(on_message, on_event);
    }

    fn received(self, event: &MessageEvent) {
        let text = event.data().as_string().unwrap_or_default();
        self.notify(Changed::read(&text).as_ref());
    }

    fn broken(self) {
        self.state.set(ConnectionState::Reconnecting);
        if stream::is_given_up() {
            stream::close();
            set_timeout(move || self.reopen(), Duration::from_millis(REOPEN_MS));
        }
    }

    fn reopen(self) {
        spawn_local(async move {
            match account::check_session().await {
                // Signing in again loads the page anew.
                Err(AppError::Unauthenticated) => self.session.note(&AppError::Unauthenticated),
                // Meanwhile the page may have opened it, or be gone.
                _ if !stream::is_open() && !self.listeners.is_disposed() => self.open(),
                _ => {}
            }
        });
    }
}
