//! What happened to a slot, newest first.

use crate::{
    components::{keyed::keyed, time::ago},
    data::live_query::LiveData,
    drawing::{erasure::IntoErased as _, icon::icon},
    text,
    wire::{EventView, SlotPage},
};
use leptos::prelude::*;

/// The list of events.
pub fn view(live: LiveData<SlotPage>) -> AnyView {
    let data = live.data;
    let keys = Memo::new(move |_| data.with(|page| page.iter().flat_map(|page| &page.timeline).map(key).collect()));
    let draw = move |wanted| {
        // An entry never changes.
        let found =
            data.with_untracked(|page| page.as_ref()?.timeline.iter().find(|event| key(event) == wanted).cloned());
        found.map(one).into_erased()
    };
    view! {
        <section class="card" aria-labelledby="timeline">
            <h2 id="timeline">{text::timeline()}</h2>
            <ol class="timeline">
                {keyed(keys, draw)}
            </ol>
        </section>
    }
    .into_erased()
}

fn key(event: &EventView) -> u128 {
    event.seq.unsigned_abs().into()
}

fn one(event: EventView) -> AnyView {
    view! {
        <li data-tone=event.tone>
            {icon(event.icon)}
            <div>
                <p><bdi>{event.text}</bdi></p>
                {event.detail.map(|detail| view! { <p class="hint"><bdi>{detail}</bdi></p> })}
                <small>{ago(event.at)} {event.by.map(|by| view! { " · " <bdi>{by}</bdi> })}</small>
            </div>
        </li>
    }
    .into_erased()
}
