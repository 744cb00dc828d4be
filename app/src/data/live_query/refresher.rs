//! Fetches the data of a live query again: when its parameters change, and when the live connection reports a change.

use super::{Pending, RefreshState, progress::Progress};
use crate::{
    data::{
        live_connection::{Changed, LiveConnection},
        session::Session,
    },
    wire::error::AppError,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::params::ParamsMap;
use std::time::Duration;

/// Shortest pause between two refreshes that changes cause, in milliseconds: about three a second.
const REFRESH_PAUSE_MS: u64 = 340;

/// Puts an answer into the data's signal.
pub type Apply = Box<dyn FnOnce() + Send>;

/// The closures that depend on the type of the data.
#[derive(Clone, Copy)]
pub(super) struct Closures {
    /// Fetches, and returns how to apply the answer.
    pub(super) fetch: Callback<(), Pending<Result<Apply, AppError>>>,
    /// The first answer: as text where the server renders the page.
    pub(super) first: Callback<(), Pending<String>>,
    /// Reads the first answer in the browser that hydrates the page.
    pub(super) read: Callback<String, Result<Apply, AppError>>,
    /// Whether a change may have changed the data.
    pub(super) is_affected: Callback<Changed, bool>,
    /// Whether there is data.
    pub(super) has_data: Signal<bool>,
}

/// Keeps the data of a live query current.
#[derive(Clone, Copy)]
pub struct Refresher {
    params: Memo<ParamsMap>,
    closures: Closures,
    error: RwSignal<Option<AppError>>,
    loading: RwSignal<bool>,
    by_server: RwSignal<bool>,
    /// Whether this browser itself caused a refresh since the latest data came: its user waits to see the result.
    is_own: StoredValue<bool>,
    session: Session,
    progress: StoredValue<Progress>,
}

impl Refresher {
    pub(super) fn new(params: Memo<ParamsMap>, closures: Closures) -> Self {
        Self {
            params,
            closures,
            error: RwSignal::new(None),
            loading: RwSignal::new(false),
            by_server: RwSignal::new(false),
            is_own: StoredValue::new(false),
            session: Session::get(),
            progress: StoredValue::new(Progress::default()),
        }
    }

    pub(super) fn state(self) -> RefreshState {
        let refresh = Callback::new(move |()| self.refresh());
        RefreshState { error: self.error, loading: self.loading, by_server: self.by_server, refresh }
    }

    /// Fetches the first answer, as text where the server renders the page.
    pub const fn first(self) -> Callback<(), Pending<String>> {
        self.closures.first
    }

    /// Whether there is data.
    pub fn has_data(self) -> bool {
        self.closures.has_data.get()
    }

    /// Applies the first answer. The text is empty when the answer has been applied already.
    pub fn apply_first(self, text: String) {
        if text.is_empty() {
            return;
        }
        match self.closures.read.run(text) {
            Ok(apply) => apply(),
            Err(error) => self.note(error),
        }
    }

    /// Refreshes from now on when the parameters change and, at most about three times a second, when changes are
    /// reported.
    pub fn follow(self) {
        Effect::watch(
            move || self.params.get(),
            move |_, _, _| {
                // An answer for the parameters before is no longer wanted.
                self.progress.update_value(Progress::forget);
                self.loading.set(true);
                self.is_own.set_value(true);
                self.refresh();
            },
            false,
        );
        if let Some(live) = use_context::<LiveConnection>() {
            live.listen(move |change| {
                // `None`: anything may have changed. This browser's own actions end in it.
                if change.is_none() {
                    self.is_own.set_value(true);
                }
                if change.is_none_or(|change| self.closures.is_affected.run(change)) {
                    self.refresh_soon();
                }
            });
        }
    }

    fn note(self, error: AppError) {
        self.session.note(&error);
        self.error.set(Some(error));
    }

    fn refresh(self) {
        // 1. Number the refresh, and fetch.
        let number = self.progress.try_update_value(Progress::start).unwrap_or_default();
        let answer = self.closures.fetch.run(());
        spawn_local(async move {
            let answer = answer.await;
            // 2. Drop the answer when a later one was applied before it, or when the page is gone.
            if self.progress.try_update_value(|all| all.finish(number)) != Some(true) {
                return;
            }
            self.loading.set(false);
            // 3. Apply the data. Say first who caused the refresh: a list may hold its rows still.
            match answer {
                Ok(apply) => {
                    self.error.set(None);
                    let is_own = self.is_own.try_update_value(std::mem::take).unwrap_or_default();
                    self.by_server.set(!is_own);
                    apply();
                }
                Err(error) => self.note(error),
            }
        });
    }

    /// Refreshes now. While the pause after such a refresh lasts, notes that another one has to follow.
    fn refresh_soon(self) {
        if self.progress.try_update_value(Progress::rest) != Some(true) {
            return;
        }
        self.refresh();
        let wake = move || {
            if self.progress.try_update_value(Progress::wake) == Some(true) {
                self.refresh_soon();
            }
        };
        set_timeout(wake, Duration::from_millis(REFRESH_PAUSE_MS));
    }
}
