//! Tells users of screen readers that the page has changed: the router does not.

use crate::{browser, components::announcer::Announcer};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::time::Duration;

/// How often a heading is looked for that appears only with the page's data: for three seconds.
const TRIES_MAX: u32 = 60;
/// Pause between two looks, in milliseconds.
const TRY_AGAIN_MS: u64 = 50;

/// Moves the focus to the heading of the page. Until there is one, the page itself has the focus; if the user moves it
/// on, it stays there.
fn arrive(tries: u32) {
    if browser::focus("main h1") || tries == 0 {
        return;
    }
    if tries == TRIES_MAX {
        browser::focus("main");
    }
    let again = move || {
        if browser::has_focus("main") {
            arrive(tries - 1);
        }
    };
    set_timeout(again, Duration::from_millis(TRY_AGAIN_MS));
}

/// The live region of the console. After a navigation, moves the focus to the heading of the new page and announces its
/// title.
#[component]
pub fn RouteAnnouncer() -> impl IntoView {
    let path = use_location().pathname;
    let announcer = expect_context::<Announcer>();
    Effect::watch(
        move || path.get(),
        move |_, _, _| {
            // The heading exists once the new page is drawn.
            request_animation_frame(move || {
                arrive(TRIES_MAX);
                announcer.say(document().title());
            });
        },
        false,
    );
    view! { <p class="visually-hidden" role="status" aria-live="polite">{move || announcer.said()}</p> }
}
