//! A path that leads nowhere.

use crate::{around::title, erase::Erase as _, say};
use leptos::prelude::*;
use leptos_meta::Title;

/// Says so, with status 404.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::server_context::set_status(http::StatusCode::NOT_FOUND);
    view! {
        <Title text=title(say::not_found())/>
        <div class="empty">
            <h1 tabindex="-1">{say::not_found()}</h1>
            <p>{say::not_found_text()}</p>
            <div class="empty-action"><a class="button" data-kind="primary" href="/devices">{say::mobile_devices()}</a></div>
        </div>
    }
    .erase()
}
