//! What a device told about itself.

use crate::{
    components::time::ago,
    erase::{Erase as _, dynamic},
    loaded::Loaded,
    views::{FactGroups, PositionLine, SlotPage},
};
use leptos::prelude::*;

/// The latest heartbeat, with the position.
pub fn report(loaded: Loaded<SlotPage>) -> AnyView {
    let shown = Memo::new(move |_| {
        loaded.data.with(|shown| shown.as_ref().map(|shown| (shown.report.clone(), shown.position.clone())))
    });
    let card = move || {
        let (report, place) = shown.get()?;
        report.map(|report| card("state", "State", report, place))
    };
    dynamic(card)
}

/// The latest technical information.
pub fn inventory(loaded: Loaded<SlotPage>) -> AnyView {
    let shown = Memo::new(move |_| loaded.data.with(|shown| shown.as_ref().and_then(|shown| shown.inventory.clone())));
    let card = move || match shown.get() {
        Some(inventory) => card("technical", "Technical information", inventory, None),
        None => view! {
            <section class="card" aria-labelledby="technical">
                <h2 id="technical">"Technical information"</h2>
                <p class="hint">"The device has not sent any yet."</p>
            </section>
        }
        .erase(),
    };
    dynamic(card)
}

fn card(id: &'static str, title: &'static str, facts: FactGroups, place: Option<PositionLine>) -> AnyView {
    let groups: Vec<_> = facts.groups.into_iter().map(|(name, facts)| group(name, facts)).collect();
    view! {
        <section class="card" aria-labelledby=id>
            <h2 id=id>{title} <small>"reported " {ago(facts.at)}</small></h2>
            <div class="groups">{groups}{place.map(position)}</div>
        </section>
    }
    .erase()
}

fn group(name: String, facts: Vec<(String, String)>) -> AnyView {
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(name, value)| view! { <div class="fact"><dt><bdi>{name}</bdi></dt><dd><bdi>{value}</bdi></dd></div> })
        .collect();
    let heading = (!name.is_empty()).then(|| view! { <h3><bdi>{name}</bdi></h3> });
    view! { <section class="group">{heading}<dl class="facts">{facts}</dl></section> }.erase()
}

fn position(place: PositionLine) -> AnyView {
    view! {
        <section class="group">
            <h3>"Position"</h3>
            <p class="place">
                <a href=place.map rel="external noreferrer" target="_blank">{place.text}</a> <small>{ago(place.at)}</small>
            </p>
        </section>
    }
    .erase()
}
