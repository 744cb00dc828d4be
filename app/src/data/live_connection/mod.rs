//! The live connection: how a page learns that something changed in the server. The stream itself is held by a script,
//! one for all tabs of a browser (`live.js`); here is what the page makes of its events.

mod change;

pub use change::{Affects, Changed, News, Reach};

use super::session::Session;
use crate::{browser, wire::Moment, wire::error::AppError};
use domain::types::ids::SlotId;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{Event, MessageEvent};

/// Where the script is served.
#[cfg(feature = "ssr")]
pub const PATH: &str = "/live.js";
/// The script.
#[cfg(feature = "ssr")]
pub const SCRIPT: &str = include_str!("live.js");

/// Events of the script, without `live-`.
const EVENTS: [&str; 9] = [
    "live-open",
    "live-lost",
    "live-away",
    "live-signed-out",
    "live-front-end",
    "live-outbox",
    "live-change",
    "live-contact",
    "live-reset",
];

/// State of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionState {
    /// Not open yet.
    Connecting,
    /// Changes arrive.
    Open,
    /// It broke and is being opened again.
    Reconnecting,
    /// The session is over, so nothing arrives.
    Off,
}

type Listener = Callback<News>;

/// The live connection of this tab.
#[derive(Clone, Copy)]
pub struct LiveConnection {
    state: RwSignal<ConnectionState>,
    /// Since when it is broken, once that has lasted.
    away_since: RwSignal<Option<Moment>>,
    outdated: RwSignal<bool>,
    /// Why no mails go out; empty while they do.
    mail_trouble: RwSignal<String>,
    /// When the mail server is tried again.
    next_mail_try: RwSignal<Moment>,
    /// Contacts of devices since their rows were fetched.
    contacts: RwSignal<Vec<(SlotId, Moment)>>,
    listeners: StoredValue<Vec<(u32, Listener)>>,
    next: StoredValue<u32>,
    /// Whether something changed while nobody saw the page.
    unseen: StoredValue<bool>,
    session: Session,
}

/// Whether this page was loaded with the file of this path.
fn is_loaded(path: &str) -> bool {
    let preloads = document().query_selector(&format!("link[href=\"{path}\"]"));
    preloads.is_ok_and(|found| found.is_some())
}

impl LiveConnection {
    /// Listens to the script once the page is hydrated, and provides the connection to everything below.
    pub fn provide(session: Session) -> Self {
        let live = Self {
            state: RwSignal::new(ConnectionState::Connecting),
            away_since: RwSignal::new(None),
            outdated: RwSignal::new(false),
            mail_trouble: RwSignal::new(String::new()),
            next_mail_try: RwSignal::new(Moment::default()),
            contacts: RwSignal::new(Vec::new()),
            listeners: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
            unseen: StoredValue::new(false),
            session,
        };
        provide_context(live);
        // Effects run in the browser only, and after hydration.
        Effect::new(move || live.attach());
        live
    }

    /// State of the connection.
    pub fn state(self) -> ConnectionState {
        if self.session.is_over() { ConnectionState::Off } else { self.state.get() }
    }

    /// Since when there has been no connection; `None` while there is one, and for the first moments without one.
    pub fn away_since(self) -> Option<Moment> {
        self.away_since.get().filter(|_| !self.session.is_over())
    }

    /// True when the server was replaced by one with another front end: this page may not understand it.
    pub fn is_outdated(self) -> bool {
        self.outdated.get()
    }

    /// Why no mails go out; empty while they do.
    pub fn mail_trouble(self) -> String {
        self.mail_trouble.get()
    }

    /// When the mail server is tried again, while there is a trouble.
    pub fn next_mail_try(self) -> Moment {
        self.next_mail_try.get()
    }

    /// The last contact of the device in a row, which was `at` when the row was fetched.
    pub fn last_contact(self, slot: SlotId, at: Moment) -> Moment {
        let later = |all: &Vec<(SlotId, Moment)>| all.iter().find(|(other, _)| *other == slot).map(|(_, at)| *at);
        self.contacts.with(later).map_or(at, |later| later.max(at))
    }

    /// Calls `listener` with all news until the current owner is cleaned up.
    pub fn listen(self, listener: impl Fn(News) + Send + Sync + 'static) {
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

    /// Notifies every listener that this browser itself changed something.
    pub fn refresh_all(self) {
        self.notify(&News::Own);
    }

    /// Tries at once to connect again, and fetches everything that the page shows.
    pub fn retry(self) {
        browser::dispatch("live-retry");
        self.notify(&News::SeenAgain);
    }

    fn notify(self, news: &News) {
        // A copy: a listener may add or remove listeners.
        let listeners = self.listeners.try_get_value().unwrap_or_default();
        for (_, listener) in listeners {
            listener.run(news.clone());
        }
    }

    /// Whether somebody sees the page. If not, listeners are notified when somebody does.
    pub fn is_seen(self) -> bool {
        let is_seen = !document().hidden();
        if !is_seen {
            self.unseen.try_set_value(true);
        }
        is_seen
    }

    /// Notifies every listener, unless nobody sees the page: then once when somebody does.
    fn notify_seen(self, news: &News) {
        if self.is_seen() {
            self.notify(news);
        }
    }

    fn attach(self) {
        for event in EVENTS {
            let heard = window_event_listener_untyped(event, move |event| self.hear(&event));
            on_cleanup(move || heard.remove());
        }
        let seen = window_event_listener(ev::visibilitychange, move |_| {
            if !document().hidden() && self.unseen.try_update_value(std::mem::take) == Some(true) {
                self.notify(&News::SeenAgain);
            }
        });
        on_cleanup(move || seen.remove());
        browser::dispatch("live-follow");
    }

    fn hear(self, event: &Event) {
        let text = || event.unchecked_ref::<MessageEvent>().data().as_string().unwrap_or_default();
        match event.type_().trim_start_matches("live-") {
            "open" => {
                self.state.set(ConnectionState::Open);
                self.away_since.set(None);
            }
            "lost" => self.state.set(ConnectionState::Reconnecting),
            "away" => self.away_since.set(text().parse().ok().map(Moment)),
            // Signing in again loads the page anew.
            "signed-out" => self.session.note(&AppError::Unauthenticated),
            "front-end" => self.outdated.set(!is_loaded(&text())),
            "outbox" => self.note_outbox(&text()),
            "contact" => self.contacted(&text()),
            "reset" => self.notify_seen(&News::Missed),
            _ => {
                if let Some(change) = Changed::read(&text()) {
                    self.notify_seen(&News::Changed(change));
                }
            }
        }
    }

    /// Takes the state of the outbox: when it is tried again, in milliseconds, and why nothing goes out. Nothing is drawn
    /// again that says the same as before.
    fn note_outbox(self, text: &str) {
        let (at, reason) = text.split_once(' ').unwrap_or_default();
        self.next_mail_try.set(Moment(at.parse().unwrap_or_default()));
        if self.mail_trouble.with_untracked(|before| before != reason) {
            self.mail_trouble.set(reason.to_owned());
        }
    }

    /// Takes a contact: the slot, and the moment in milliseconds.
    fn contacted(self, text: &str) {
        let Some((slot, at)) = text.split_once(' ') else { return };
        if let (Ok(slot), Ok(at)) = (slot.parse::<SlotId>(), at.parse().map(Moment)) {
            self.contacts.update(|all| {
                all.retain(|(other, _)| *other != slot);
                all.push((slot, at));
            });
        }
    }
}
