//! What happened to a slot, newest first.

use crate::{
    components::{icon::icon, time::ago},
    loaded::Loaded,
    words::event_words,
};
use domain::{journal::JournalEvent, views::SlotDetail};
use leptos::prelude::*;

/// The list of events.
pub fn view(loaded: Loaded<SlotDetail>) -> AnyView {
    let events = move || loaded.data.with(|shown| shown.as_ref().map(|shown| shown.timeline.clone()).unwrap_or_default());
    view! {
        <section class="card" aria-labelledby="timeline">
            <h2 id="timeline">"Timeline"</h2>
            <ol class="timeline">
                <For each=events key=|event| event.seq let:event>{one(&event)}</For>
            </ol>
        </section>
    }
    .into_any()
}

fn one(event: &JournalEvent) -> impl IntoView + use<> {
    let words = event_words(&event.event);
    view! {
        <li data-tone=words.tone>
            {icon(words.icon)}
            <div>
                <p><bdi>{words.text}</bdi></p>
                {words.detail.map(|detail| view! { <p class="hint"><bdi>{detail}</bdi></p> })}
                <small>{ago(event.event.at)} {words.by.map(|by| view! { " · " <bdi>{by}</bdi> })}</small>
            </div>
        </li>
    }
}
