//! What is shown in place of data: while it loads for the first time, when there is none, and when it could not be
//! loaded.

use crate::{
    data::live_connection::LiveConnection,
    drawing::{
        erasure::{IntoErased as _, reactive},
        icon::{Icon, icon},
    },
    text,
    wire::error::AppError,
};
use leptos::prelude::*;

/// Bars where rows will be. They appear after a moment, so that a quick answer does not flicker.
pub fn skeleton() -> AnyView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{text::loading()}</span>
            <i></i><i></i><i></i><i></i><i></i>
        </div>
    }
    .into_erased()
}

/// Says that there is no data, why, and what to do.
pub fn empty(title: &'static str, text: &'static str, action: AnyView) -> AnyView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{text}</p>
            <div class="empty-action">{action}</div>
        </div>
    }
    .into_erased()
}

/// Says why the data could not be loaded, and offers what may help.
#[component]
pub fn ErrorState(
    /// Why.
    error: RwSignal<Option<AppError>>,
    /// Tries again.
    retry: Callback<()>,
) -> impl IntoView {
    let is_gone = matches!(error.get_untracked(), Some(AppError::NotFound { .. }));
    let text = error.get_untracked().map(|error| error.to_string());
    if is_gone {
        return view! {
            <div class="empty" role="alert">
                <h1 tabindex="-1">{text}</h1>
                <p>{text::gone_text()}</p>
                <div class="empty-action"><a class="button" data-kind="primary" href="/devices" data-return="">{text::mobile_devices()}</a></div>
            </div>
        }
        .into_erased();
    }
    view! {
        <div class="empty" role="alert">
            <span class="empty-icon">{icon(Icon::Alert)}</span>
            <h2>{text::not_loaded()}</h2>
            <p>{text}</p>
            <div class="empty-action">
                <button type="button" class="button" on:click=move |_| retry.run(())>{text::try_again()}</button>
            </div>
        </div>
    }
    .into_erased()
}

/// Says that the data is old because the latest refresh failed. Takes no space otherwise. That there is no connection at
/// all is said once, by the frame.
#[component]
pub fn StaleBar(
    /// Why the refresh failed.
    error: RwSignal<Option<AppError>>,
    /// Tries again.
    retry: Callback<()>,
) -> impl IntoView {
    let live = expect_context::<LiveConnection>();
    let is_said = move |error: &AppError| *error == AppError::Network && live.away_since().is_some();
    reactive(move || {
        error.get().filter(|error| !is_said(error)).map(|error| {
            let again = !matches!(error, AppError::NotFound { .. });
            view! {
                <div class="bar" data-tone="warn" role="alert">
                    {icon(Icon::Alert)}
                    <span>{error.to_string()}</span>
                    {again.then(|| view! {
                        <button type="button" class="link-button" on:click=move |_| retry.run(())>{text::try_again()}</button>
                    })}
                </div>
            }
        })
    })
}
