//! Tells people who do not see the page that it changed: the router itself does not.

use crate::browser;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// After a navigation, moves the focus to the new page's heading and says its title.
#[component]
pub fn RouteAnnouncer() -> impl IntoView {
    let path = use_location().pathname;
    let said = RwSignal::new(String::new());
    Effect::watch(
        move || path.get(),
        move |_, _, _| {
            // The heading stands after the new page was drawn.
            request_animation_frame(move || {
                let _ = browser::focus("main h1") || browser::focus("main");
                said.set(document().title());
            });
        },
        false,
    );
    view! { <p class="visually-hidden" role="status" aria-live="polite">{said}</p> }
}
