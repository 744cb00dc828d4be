//! A path that leads nowhere.

use crate::erase::Erase as _;
use leptos::prelude::*;
use leptos_meta::Title;

/// Says so, with status 404.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::server_context::set_status(http::StatusCode::NOT_FOUND);
    view! {
        <Title text="Page not found · Rollcall"/>
        <div class="empty">
            <h1 tabindex="-1">"Page not found"</h1>
            <p>"There is nothing at this address. It may have been typed wrong, or what was here is gone."</p>
            <div class="empty-action"><a class="button" data-kind="primary" href="/devices">"Mobile devices"</a></div>
        </div>
    }
    .erase()
}
