//! A part of a page that waits for its first data. The data is a text, so that the browser loads the code of waiting
//! once and not for every type of data.

use crate::{components::states::skeleton, erase::Erase as _};
use leptos::prelude::*;
use std::{future::Future, pin::Pin};

/// Something on its way.
pub type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Asks for a text once, in the server when it renders the page and in the browser when it draws the page itself, and
/// draws what the text says. A skeleton takes its place meanwhile, unless it `is_quiet`.
pub fn awaited(ask: Callback<(), Pending<String>>, draw: Callback<String, AnyView>, is_quiet: bool) -> AnyView {
    let text = Resource::new_str(|| (), move |()| ask.run(()));
    let body = move || Suspend::new(async move { draw.run(text.await) });
    let fallback = move || if is_quiet { ().erase() } else { skeleton() };
    view! { <Suspense fallback=fallback>{body}</Suspense> }.erase()
}
