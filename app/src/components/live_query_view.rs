//! The view of a live query: a skeleton, then the data, or why there is none.

use super::{states::ErrorState, when_loaded::when_loaded};
use crate::{
    data::live_query::{LiveQuery, RefreshState, Refresher},
    drawing::erasure::{IntoErased as _, reactive},
    wire::error::AppError,
};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;

/// Draws a live query, and keeps it current.
pub fn live_query_view<T, F>(query: LiveQuery<T, F>) -> AnyView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let (render, is_quiet) = (query.render, query.is_quiet);
    let (refresher, data) = query.start();
    view(refresher, data.state, Callback::new(move |()| render(data)), is_quiet)
}

/// The same code for every type of data.
fn view(refresher: Refresher, state: RefreshState, render: Callback<(), AnyView>, is_quiet: bool) -> AnyView {
    let draw = move |text: String| {
        // Runs in the server with the answer that it fetched, in a browser that hydrates with the text from the page,
        // and in a browser that draws the page itself with an empty text, because the data is applied already.
        refresher.apply_first(text);
        refresher.follow();
        // The page is drawn once. From then on its parts follow the data's signal.
        let has_data = Memo::new(move |_| refresher.has_data());
        reactive(move || if has_data.get() { render.run(()) } else { failed(state) })
    };
    when_loaded(refresher.first(), Callback::new(draw), is_quiet)
}

fn failed(state: RefreshState) -> AnyView {
    reactive(move || {
        // That the session is over is said once, by the frame.
        if state.error.get() == Some(AppError::Unauthenticated) {
            return ().into_erased();
        }
        view! { <ErrorState error=state.error retry=state.refresh/> }.into_erased()
    })
}
