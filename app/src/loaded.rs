//! Data of a page: rendered by the server, asked for again when the URL or the data changes, and replaced in place, so
//! that what did not change stays as it is. Old data stays while new data loads.
//!
//! What depends on the type of the data is kept to a few closures, since the browser loads it once for every page.

mod progress;
mod written;

use crate::{
    awaited::{Pending, awaited},
    components::states::ErrorState,
    erase::dynamic,
    error::AppError,
    live::{Changed, Live},
    session::Session,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::params::ParamsMap;
use progress::Progress;
use serde::{Serialize, de::DeserializeOwned};
use std::{future::Future, time::Duration};

/// Shortest pause between two refreshes that changes cause, in milliseconds: about three a second.
const REFRESH_PAUSE_MS: u64 = 340;

/// Data that stays current.
pub struct Loaded<T: 'static> {
    /// The latest data; `None` only until the first answer after an error.
    pub data: RwSignal<Option<T>>,
    /// How it is kept current.
    pub state: State,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

/// How data is kept current.
#[derive(Clone, Copy)]
pub struct State {
    /// Why the latest refresh gave none.
    pub error: RwSignal<Option<AppError>>,
    /// True while the answer to another query is on its way.
    pub loading: RwSignal<bool>,
    /// True when the latest data was asked for because the server told of a change, and not because of this browser.
    pub told: RwSignal<bool>,
    /// Asks again.
    pub refresh: Callback<()>,
}

/// How a page gets its data.
pub struct Source<T: 'static, F> {
    /// The part of the URL that says what is asked for.
    pub query: Memo<ParamsMap>,
    /// How to ask.
    pub fetch: fn(&ParamsMap) -> F,
    /// Whether a change may have changed this data.
    pub concerns: fn(&T, &Changed) -> bool,
    /// How it is drawn.
    pub render: fn(Loaded<T>) -> AnyView,
    /// Whether nothing stands in its place until it is there.
    pub is_quiet: bool,
}

/// Puts an answer where it belongs.
type Apply = Box<dyn FnOnce() + Send>;

/// The closures that depend on the type of the data, and what they share.
#[derive(Clone, Copy)]
struct Core {
    query: Memo<ParamsMap>,
    /// Asks, and gives back how to apply the answer.
    ask: Callback<(), Pending<Result<Apply, AppError>>>,
    /// The first answer, as text where the server renders the page.
    first: Callback<(), Pending<String>>,
    /// Reads the first answer in the browser that the server rendered the page for.
    read: Callback<String, Result<Apply, AppError>>,
    /// Whether a change may have changed the data.
    is_concerned: Callback<Changed, bool>,
    has_data: Signal<bool>,
    error: RwSignal<Option<AppError>>,
    loading: RwSignal<bool>,
    told: RwSignal<bool>,
    /// Whether this browser itself asked since the latest data came: its user waits to see what came of it.
    is_own: StoredValue<bool>,
    session: Session,
    progress: StoredValue<Progress>,
}

/// A view of data that stays current.
#[expect(clippy::needless_pass_by_value, reason = "a source is made where it is used")]
pub fn live_view<T, F>(source: Source<T, F>) -> AnyView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let Source { query, fetch, concerns, render, is_quiet } = source;
    let data = RwSignal::new(None::<T>);
    let apply = move |fresh: T| -> Apply { Box::new(move || data.set(Some(fresh))) };
    let ask = move |()| -> Pending<Result<Apply, AppError>> {
        let answer = fetch(&query.get_untracked());
        Box::pin(async move { answer.await.map(apply) })
    };
    let read =
        move |text: String| written::read::<Result<T, AppError>>(&text).unwrap_or(Err(AppError::Network)).map(apply);
    let is_concerned =
        move |change: Changed| data.with_untracked(|data| data.as_ref().is_some_and(|data| concerns(data, &change)));
    let core = Core {
        query,
        ask: Callback::new(ask),
        first: first(ask, move || fetch(&query.get_untracked())),
        read: Callback::new(read),
        is_concerned: Callback::new(is_concerned),
        has_data: Signal::derive(move || data.with(Option::is_some)),
        error: RwSignal::new(None),
        loading: RwSignal::new(false),
        told: RwSignal::new(false),
        is_own: StoredValue::new(false),
        session: Session::get(),
        progress: StoredValue::new(Progress::default()),
    };
    let refresh = Callback::new(move |()| refresh(core));
    let state = State { error: core.error, loading: core.loading, told: core.told, refresh };
    view(core, state, Callback::new(move |()| render(Loaded { data, state })), is_quiet)
}

/// The server writes the first answer down, once for the page and once for the browser that reads it.
#[cfg(feature = "ssr")]
fn first<T, F>(
    _: impl Fn(()) -> Pending<Result<Apply, AppError>> + Send + Sync + 'static,
    fetch: impl Fn() -> F + Send + Sync + 'static,
) -> Callback<(), Pending<String>>
where
    T: Serialize + Send,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Callback::new(move |()| -> Pending<String> {
        let answer = fetch();
        Box::pin(async move { written::write(&answer.await) })
    })
}

/// A page that the browser draws itself has its first answer at once. Only an error is written down.
#[cfg(not(feature = "ssr"))]
fn first<F>(
    ask: impl Fn(()) -> Pending<Result<Apply, AppError>> + Send + Sync + 'static,
    _: impl Fn() -> F,
) -> Callback<(), Pending<String>> {
    Callback::new(move |()| -> Pending<String> {
        let answer = ask(());
        Box::pin(async move {
            match answer.await {
                Ok(apply) => {
                    apply();
                    String::new()
                }
                Err(error) => written::write(&Err::<(), _>(error)),
            }
        })
    })
}

fn view(core: Core, state: State, render: Callback<(), AnyView>, is_quiet: bool) -> AnyView {
    let draw = move |text: String| {
        arrived(core, text);
        follow(core);
        let has_data = Memo::new(move |_| core.has_data.get());
        dynamic(move || if has_data.get() { render.run(()) } else { failed(state) })
    };
    awaited(core.first, Callback::new(draw), is_quiet)
}

/// Takes the first answer; the text is empty when it was applied before.
fn arrived(core: Core, text: String) {
    if text.is_empty() {
        return;
    }
    match core.read.run(text) {
        Ok(apply) => apply(),
        Err(error) => note(core, error),
    }
}

fn note(core: Core, error: AppError) {
    core.session.note(&error);
    core.error.set(Some(error));
}

fn failed(state: State) -> AnyView {
    dynamic(move || {
        state.error.track();
        view! { <ErrorState error=state.error retry=state.refresh/> }
    })
}

fn refresh(core: Core) {
    let number = core.progress.try_update_value(Progress::start).unwrap_or_default();
    let answer = core.ask.run(());
    spawn_local(async move {
        let answer = answer.await;
        // Answers may overtake each other, and the page may be gone.
        if core.progress.try_update_value(|all| all.finish(number)) == Some(true) {
            core.loading.set(false);
            match answer {
                Ok(apply) => {
                    core.error.set(None);
                    let is_own = core.is_own.try_update_value(std::mem::take).unwrap_or_default();
                    core.told.set(!is_own);
                    apply();
                }
                Err(error) => note(core, error),
            }
        }
    });
}

/// Refreshes when the query changes, and, with pauses, when changes are told.
fn follow(core: Core) {
    Effect::watch(
        move || core.query.get(),
        move |_, _, _| {
            // An answer to the query before is no longer wanted.
            core.progress.update_value(Progress::forget);
            core.loading.set(true);
            core.is_own.set_value(true);
            refresh(core);
        },
        false,
    );
    if let Some(live) = use_context::<Live>() {
        live.listen(move |change| {
            if change.is_none() {
                core.is_own.set_value(true);
            }
            if change.is_none_or(|change| core.is_concerned.run(change)) {
                refresh_soon(core);
            }
        });
    }
}

fn refresh_soon(core: Core) {
    if core.progress.try_update_value(Progress::rest) != Some(true) {
        return;
    }
    refresh(core);
    let wake = move || {
        if core.progress.try_update_value(Progress::wake) == Some(true) {
            refresh_soon(core);
        }
    };
    set_timeout(wake, Duration::from_millis(REFRESH_PAUSE_MS));
}
