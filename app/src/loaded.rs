//! Data of a page: rendered by the server, asked for again when the URL or the data changes, and replaced in place, so
//! that what did not change stays as it is. Old data stays while new data loads.

use crate::{
    components::states::{ErrorState, Skeleton},
    error::AppError,
    live::{Changed, Live},
    session::Session,
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Serialize, de::DeserializeOwned};
use std::{future::Future, time::Duration};

/// Shortest pause between two refreshes that changes cause, in milliseconds: about three a second.
const REFRESH_PAUSE_MS: u64 = 340;

/// Data that stays current.
pub struct Loaded<T: 'static> {
    /// The latest data; `None` only until the first answer after an error.
    pub data: RwSignal<Option<T>>,
    /// Why the latest refresh gave none.
    pub error: RwSignal<Option<AppError>>,
    /// True while the answer to another query is on its way.
    pub loading: RwSignal<bool>,
    /// Asks again.
    pub refresh: Callback<()>,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

/// How a page gets its data.
pub struct Source<Q: Send + Sync + 'static, T: 'static, F> {
    /// What is asked for, from the URL.
    pub query: Memo<Q>,
    /// How to ask.
    pub fetch: fn(Q) -> F,
    /// Whether a change may have changed this data.
    pub concerns: fn(&T, &Changed) -> bool,
}

impl<Q: Send + Sync, T, F> Clone for Source<Q, T, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: Send + Sync, T, F> Copy for Source<Q, T, F> {}

/// A view of data that stays current.
pub fn live_view<Q, T, F>(source: Source<Q, T, F>, render: fn(Loaded<T>) -> AnyView) -> AnyView
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let query = source.query;
    let first = Resource::new(|| (), move |()| (source.fetch)(query.get_untracked()));
    view! {
        <Suspense fallback=Skeleton>
            {move || Suspend::new(async move {
                let loaded = keep_current(source, first.await);
                let has_data = Memo::new(move |_| loaded.data.with(Option::is_some));
                move || if has_data.get() { render(loaded) } else { failed(loaded) }
            })}
        </Suspense>
    }
    .into_any()
}

fn failed<T: Send + Sync + 'static>(loaded: Loaded<T>) -> AnyView {
    view! { <ErrorState error=loaded.error retry=loaded.refresh/> }.into_any()
}

/// What a refresh knows about the ones before it.
#[derive(Clone, Copy, Default)]
struct Progress {
    started: u32,
    applied: u32,
    resting: bool,
    again: bool,
}

fn keep_current<Q, T, F>(source: Source<Q, T, F>, first: Result<T, AppError>) -> Loaded<T>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let session = Session::get();
    let progress = StoredValue::new(Progress::default());
    let (data, error) = match first {
        Ok(data) => (Some(data), None),
        Err(error) => (None, Some(error)),
    };
    if let Some(error) = &error {
        session.note(error);
    }
    let (data, error) = (RwSignal::new(data), RwSignal::new(error));
    let loading = RwSignal::new(false);
    let refresh = Callback::new(move |()| {
        let query = source.query.get_untracked();
        let number = progress.try_update_value(Progress::start).unwrap_or_default();
        spawn_local(async move {
            let answer = (source.fetch)(query.clone()).await;
            // Answers may overtake each other, and the page may be gone.
            let current = source.query.try_get_untracked() == Some(query);
            if current && progress.try_update_value(|all| all.finish(number)) == Some(true) {
                loading.set(false);
                match answer {
                    Ok(fresh) => {
                        error.set(None);
                        data.set(Some(fresh));
                    }
                    Err(reason) => {
                        session.note(&reason);
                        error.set(Some(reason));
                    }
                }
            }
        });
    });
    let loaded = Loaded { data, error, loading, refresh };
    follow(source, loaded, progress);
    loaded
}

/// Refreshes when the query changes, and, with pauses, when changes are told.
fn follow<Q, T, F>(source: Source<Q, T, F>, loaded: Loaded<T>, progress: StoredValue<Progress>)
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    T: Send + Sync + 'static,
    F: 'static,
{
    let query = source.query;
    Effect::watch(
        move || query.get(),
        move |_, _, _| {
            loaded.loading.set(true);
            loaded.refresh.run(());
        },
        false,
    );
    let concerns = source.concerns;
    if let Some(live) = use_context::<Live>() {
        live.listen(move |change| {
            let relevant = change.is_none_or(|change| {
                loaded
                    .data
                    .with_untracked(|data| data.as_ref().is_none_or(|data| concerns(data, &change)))
            });
            if relevant {
                refresh_soon(loaded.refresh, progress);
            }
        });
    }
}

fn refresh_soon(refresh: Callback<()>, progress: StoredValue<Progress>) {
    if progress.try_update_value(Progress::rest) != Some(true) {
        return;
    }
    refresh.run(());
    let wake = move || {
        if progress.try_update_value(Progress::wake) == Some(true) {
            refresh_soon(refresh, progress);
        }
    };
    set_timeout(wake, Duration::from_millis(REFRESH_PAUSE_MS));
}

impl Progress {
    fn start(&mut self) -> u32 {
        self.started += 1;
        self.started
    }

    /// True when no later answer was applied before.
    fn finish(&mut self, number: u32) -> bool {
        let newest = number > self.applied;
        self.applied = self.applied.max(number);
        newest
    }

    /// Begins a pause; false when one is going on, which is then followed by another refresh.
    fn rest(&mut self) -> bool {
        self.again = self.resting;
        !std::mem::replace(&mut self.resting, true)
    }

    /// Ends a pause; true when something was told meanwhile.
    fn wake(&mut self) -> bool {
        self.resting = false;
        std::mem::take(&mut self.again)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_was_overtaken_is_dropped() {
        let mut progress = Progress::default();
        let (first, second) = (progress.start(), progress.start());
        assert!(progress.finish(second));
        assert!(!progress.finish(first));
    }

    #[test]
    fn changes_during_a_pause_are_followed_by_one_refresh() {
        let mut progress = Progress::default();
        assert!(progress.rest());
        assert!(!progress.rest());
        assert!(!progress.rest());
        assert!(progress.wake());
        assert!(progress.rest());
        assert!(!progress.wake());
    }
}
