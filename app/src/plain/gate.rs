//! Parts of the pages in front of the console.

use crate::{
    drawing::{
        erasure::IntoErased as _,
        icon::{Icon, icon},
    },
    text,
};
use leptos::prelude::*;

/// The name of the product.
pub(super) fn brand() -> AnyView {
    view! { <p class="brand"><span class="brand-mark" aria-hidden="true">{icon(Icon::Tick)}</span> "Rollcall"</p> }
        .into_erased()
}

/// A one-time link that does not work any more; `why` says what to do.
pub(super) fn link_is_gone(why: &'static str) -> AnyView {
    view! {
        <h1 tabindex="-1">{text::link_used()}</h1>
        <p class="lead">{why}</p>
        <p><a class="button" data-kind="primary" href="/sign-in">{text::sign_in()}</a></p>
    }
    .into_erased()
}
