//! Tells people who do not see the page that it changed: the router itself does not.

use crate::browser;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::time::Duration;

/// How often a heading is looked for that stands only when the page has its data: for three seconds.
const LOOKS_MAX: u32 = 60;
/// Pause between two looks, in milliseconds.
const LOOK_AGAIN_MS: u64 = 50;

/// Moves the focus to the heading of the page; to the page itself until there is one, unless the focus was moved on.
fn arrive(looks: u32) {
    if browser::focus("main h1") || looks == 0 {
        return;
    }
    if looks == LOOKS_MAX {
        browser::focus("main");
    }
    let again = move || {
        if browser::has_focus("main") {
            arrive(looks - 1);
        }
    };
    set_timeout(again, Duration::from_millis(LOOK_AGAIN_MS));
}

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
                arrive(LOOKS_MAX);
                said.set(document().title());
            });
        },
        false,
    );
    view! { <p class="visually-hidden" role="status" aria-live="polite">{said}</p> }
}
