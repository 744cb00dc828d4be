//! What stands in place of data: while it loads for the first time, when there is none, and when it could not be had.

use super::icon::{Icon, icon};
use crate::{
    erase::{Erase as _, dynamic},
    error::AppError,
};
use leptos::prelude::*;

/// Bars where rows will be. Appears after a moment, so that quick answers do not flicker.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">"Loading…"</span>
            <i></i><i></i><i></i><i></i><i></i>
        </div>
    }
}

/// Says that there is nothing, why, and what to do.
pub fn empty(title: &'static str, text: &'static str, action: AnyView) -> AnyView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{text}</p>
            <div class="empty-action">{action}</div>
        </div>
    }
    .erase()
}

/// Says why there is no data, and offers to try again.
#[component]
pub fn ErrorState(
    /// Why.
    error: RwSignal<Option<AppError>>,
    /// Tries again.
    retry: Callback<()>,
) -> impl IntoView {
    let text = move || error.get().map(|error| error.to_string());
    view! {
        <div class="empty" role="alert">
            <span class="empty-icon">{icon(Icon::Alert)}</span>
            <h2>"This could not be loaded"</h2>
            <p>{dynamic(text)}</p>
            <div class="empty-action">
                <button type="button" class="button" on:click=move |_| retry.run(())>"Try again"</button>
            </div>
        </div>
    }
}

/// Says that what is shown is old because the latest refresh failed. Takes no room while all is well.
#[component]
pub fn StaleBar(
    /// Why the refresh failed.
    error: RwSignal<Option<AppError>>,
    /// Tries again.
    retry: Callback<()>,
) -> impl IntoView {
    move || {
        error.get().map(|error| {
            view! {
                <div class="bar" data-tone="warn" role="alert">
                    {icon(Icon::Alert)}
                    <span>"What you see may be out of date. " {error.to_string()}</span>
                    <button type="button" class="link-button" on:click=move |_| retry.run(())>"Try again"</button>
                </div>
            }
        })
    }
}
