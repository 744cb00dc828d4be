//! The page for unknown paths.

use crate::{
    drawing::erasure::IntoErased as _,
    text::{self, page_title},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// Says that there is no such page, with status 404.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::wire::status::set_status(http::StatusCode::NOT_FOUND);
    view! {
        <Title text=page_title(text::not_found())/>
        <div class="empty">
            <h1 tabindex="-1">{text::not_found()}</h1>
            <p>{text::not_found_text()}</p>
            <div class="empty-action"><a class="button" data-kind="primary" href="/devices">{text::mobile_devices()}</a></div>
        </div>
    }
    .into_erased()
}
