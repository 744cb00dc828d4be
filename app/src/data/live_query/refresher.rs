//! Fetches the data of a live query again: when its parameters change, and when the live connection reports a change.

use super::{Pending, RefreshState, progress::Progress};
use crate::{
    data::{
        live_connection::{Affects, Changed, LiveConnection, News},
        pace::Pace,
        session::Session,
    },
    wire::error::AppError,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::params::ParamsMap;
use std::time::Duration;

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
    /// What a change means for the data.
    pub(super) affects: Callback<Changed, Affects>,
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
    stale: RwSignal<bool>,
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
            stale: RwSignal::new(false),
            by_server: RwSignal::new(false),
            is_own: StoredValue::new(false),
            session: Session::get(),
            progress: StoredValue::new(Progress::default()),
        }
    }

    pub(super) fn state(self) -> RefreshState {
        let refresh = Callback::new(move |()| self.refresh());
        RefreshState { error: self.error, loading: self.loading, stale: self.stale, by_server: self.by_server, refresh }
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

    /// Refreshes from now on when the parameters change and when changes are reported.
    pub fn follow(self) {
        Effect::watch(
            move || self.params.get(),
            move |_, _, _| {
                // An answer for the parameters before is no longer wanted.
                self.progress.update_value(Progress::forget);
                self.loading.set(true);
                self.stale.set(true);
                self.is_own.set_value(true);
                self.refresh();
            },
            false,
        );
        let Some(live) = use_context::<LiveConnection>() else { return };
        let pace = Pace::new(live, move || self.refreshed());
        live.listen(move |news| match news {
            News::Own => {
                self.is_own.set_value(true);
                pace.now();
            }
            News::SeenAgain => pace.now(),
            News::Missed => pace.spread(),
            News::Changed(change) => match self.closures.affects.run(change) {
                Affects::Shown => pace.soon(),
                Affects::Around => pace.later(),
                Affects::Nothing => {}
            },
        });
    }

    fn note(self, error: AppError) {
        self.session.note(&error);
        if error == AppError::Network {
            self.try_again();
        }
        // The end of the session is said once, for the whole page.
        if error != AppError::Unauthenticated || !self.closures.has_data.get_untracked() {
            self.error.set(Some(error));
        }
    }

    /// Refreshes after a pause, unless nobody sees the page by then.
    fn try_again(self) {
        let Some(Some(pause_s)) = self.progress.try_update_value(Progress::fail) else { return };
        let again = move || {
            if !document().hidden() && !self.progress.is_disposed() && self.error.with_untracked(Option::is_some) {
                self.refresh();
            }
        };
        set_timeout(again, Duration::from_secs(pause_s));
    }

    fn refresh(self) {
        spawn_local(self.refreshed());
    }

    /// Fetches now; ends when the answer is applied.
    fn refreshed(self) -> Pending<()> {
        // 1. Number the refresh, and fetch.
        let number = self.progress.try_update_value(Progress::start).unwrap_or_default();
        let answer = self.closures.fetch.run(());
        Box::pin(async move {
            let answer = answer.await;
            // 2. Drop the answer when a later one was applied before it, or when the page is gone.
            if self.progress.try_update_value(|all| all.finish(number)) != Some(true) {
                return;
            }
            self.loading.set(false);
            // 3. Apply the data. Say first who caused the refresh: a list may hold its rows still.
            match answer {
                Ok(apply) => {
                    self.progress.update_value(Progress::succeed);
                    self.error.set(None);
                    self.stale.set(false);
                    let is_own = self.is_own.try_update_value(std::mem::take).unwrap_or_default();
                    self.by_server.set(!is_own);
                    apply();
                }
                Err(error) => self.note(error),
            }
        })
    }
}
