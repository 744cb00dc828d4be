//! Live queries: the data of a page, kept current.
//!
//! 1. The server fetches the data while it renders the page, and embeds the answer in the page as text ([`embedded`]).
//! 2. The browser reads that text while it hydrates, and does not fetch again. A page that the browser draws itself,
//!    after a navigation, fetches once.
//! 3. From then on the browser fetches again when the parameters in the URL change, and when the live connection
//!    reports a change that affects the data ([`refresher`]). Old data stays until the new data is there, and views
//!    that depend on what did not change are not drawn again.
//!
//! How a live query is drawn is in `components::live_query_view`.
//!
//! Code that depends on the type of the data is kept to a few closures, because the browser loads that code once for
//! each type.

mod embedded;
mod progress;
mod refresher;

use super::{
    Pending,
    live_connection::{Affects, Changed},
};
use crate::wire::error::AppError;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;

pub use refresher::Refresher;
use refresher::{Apply, Closures};

/// What a page shows and how to get it.
pub struct LiveQuery<T: 'static, F> {
    /// The parameters in the URL that select the data.
    pub params: Memo<ParamsMap>,
    /// Fetches the data.
    pub fetch: fn(&ParamsMap) -> F,
    /// What a change means for this data.
    pub affects: fn(&T, &Changed) -> Affects,
    /// Draws the data.
    pub render: fn(LiveData<T>) -> AnyView,
    /// Whether the place stays empty until the first data is there. Otherwise there is a skeleton.
    pub is_quiet: bool,
}

/// The data of a live query.
pub struct LiveData<T: 'static> {
    /// The latest data; `None` only until the first answer after an error.
    pub data: RwSignal<Option<T>>,
    /// How it is kept current.
    pub state: RefreshState,
}

impl<T> Clone for LiveData<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for LiveData<T> {}

/// The state of the refreshes of a live query.
#[derive(Clone, Copy)]
pub struct RefreshState {
    /// Why the latest refresh failed.
    pub error: RwSignal<Option<AppError>>,
    /// True while the answer for other parameters is on its way.
    pub loading: RwSignal<bool>,
    /// True while the data is that of other parameters: also when the answer for the new ones did not come.
    pub stale: RwSignal<bool>,
    /// True when the latest data was fetched because the server reported a change, and not because of this browser.
    pub by_server: RwSignal<bool>,
    /// Fetches again.
    pub refresh: Callback<()>,
}

impl<T, F> LiveQuery<T, F>
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    /// Makes the closures that depend on the type of the data. Everything else is the same code for all live queries.
    pub fn start(self) -> (Refresher, LiveData<T>) {
        let Self { params, fetch, affects, .. } = self;
        let data = RwSignal::new(None::<T>);
        let apply = move |fresh: T| -> Apply { Box::new(move || data.set(Some(fresh))) };
        let fetch_and_apply = move |()| -> Pending<Result<Apply, AppError>> {
            let answer = fetch(&params.get_untracked());
            Box::pin(async move { answer.await.map(apply) })
        };
        let read = move |text: String| {
            embedded::read::<Result<T, AppError>>(&text).unwrap_or(Err(AppError::Network)).map(apply)
        };
        let affects = move |change: Changed| {
            // Without data there is an error, and any change is a reason to try again.
            data.with_untracked(|data| data.as_ref().map_or(Affects::Around, |data| affects(data, &change)))
        };
        let refresher = Refresher::new(
            params,
            Closures {
                fetch: Callback::new(fetch_and_apply),
                first: first(fetch_and_apply, move || fetch(&params.get_untracked())),
                read: Callback::new(read),
                affects: Callback::new(affects),
                has_data: Signal::derive(move || data.with(Option::is_some)),
            },
        );
        (refresher, LiveData { data, state: refresher.state() })
    }
}

/// The server writes the first answer as text: once into the page, and once for the browser that hydrates it.
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
        Box::pin(async move { embedded::write(&answer.await) })
    })
}

/// A page that the browser draws itself applies its first answer at once and needs no text. Only an error becomes text.
#[cfg(not(feature = "ssr"))]
fn first<F>(
    fetch_and_apply: impl Fn(()) -> Pending<Result<Apply, AppError>> + Send + Sync + 'static,
    _: impl Fn() -> F,
) -> Callback<(), Pending<String>> {
    Callback::new(move |()| -> Pending<String> {
        let answer = fetch_and_apply(());
        Box::pin(async move {
            match answer.await {
                Ok(apply) => {
                    apply();
                    String::new()
                }
                Err(error) => embedded::write(&Err::<(), _>(error)),
            }
        })
    })
}
