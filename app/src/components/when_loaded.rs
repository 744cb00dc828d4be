//! A part of a page that waits for its first data. The data is a text, so that the browser loads the code for waiting
//! once and not for every type of data.

use super::states::skeleton;
use crate::{data::Pending, drawing::erasure::IntoErased as _};
use leptos::prelude::*;

/// Fetches a text once, and draws what the text says. Until then there is a skeleton, unless it `is_quiet`.
///
/// The server fetches the text when it renders the page, and Leptos writes it into the page for the browser that
/// hydrates. A browser that draws the page itself fetches.
pub fn when_loaded(fetch: Callback<(), Pending<String>>, draw: Callback<String, AnyView>, is_quiet: bool) -> AnyView {
    let text = Resource::new_str(|| (), move |()| fetch.run(()));
    let body = move || Suspend::new(async move { draw.run(text.await) });
    let fallback = move || if is_quiet { ().into_erased() } else { skeleton() };
    view! { <Suspense fallback=fallback>{body}</Suspense> }.into_erased()
}
