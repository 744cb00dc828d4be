//! The technical information that a device reported.

use crate::{
    components::time::ago,
    data::live_query::LiveData,
    drawing::{
        erasure::{IntoErased as _, reactive},
        with_views::with_views,
    },
    text::{self, FIRST_VIEW},
    wire::{FactGroup, FactGroups, Moment, SlotPage},
};
use leptos::prelude::*;

/// The latest technical information.
pub fn inventory(live: LiveData<SlotPage>) -> AnyView {
    let shown = Memo::new(move |_| live.data.with(|shown| shown.as_ref().and_then(|shown| shown.inventory.clone())));
    let wanted = RwSignal::new(String::new());
    let reported = move || shown.get().map(|facts| with_views(&text::reported_at(FIRST_VIEW), [ago(facts.at)]));
    let is_there = Memo::new(move |_| shown.with(Option::is_some));
    let search = move || is_there.get().then(|| search(wanted));
    let body = move || match shown.get() {
        Some(facts) => found(facts, &wanted.get()),
        None => view! { <p class="hint">{text::nothing_sent()}</p> }.into_erased(),
    };
    view! {
        <section class="card" aria-labelledby="technical">
            <h2 id="technical">{text::technical_information()} " " <small>{reactive(reported)}</small></h2>
            {reactive(search)}
            {reactive(body)}
        </section>
    }
    .into_erased()
}

/// The field that searches the facts.
fn search(wanted: RwSignal<String>) -> AnyView {
    view! {
        <input class="input fact-search" type="search" aria-label=text::find_facts() placeholder=text::find_facts_hint()
            autocomplete="off" spellcheck="false" on:input:target=move |event| wanted.set(event.target().value())/>
    }
    .into_erased()
}

/// The facts whose group, name or value contains a text.
fn found(facts: FactGroups, wanted: &str) -> AnyView {
    let wanted = wanted.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    let groups = facts.groups.into_iter().filter_map(|mut group| {
        if !has(&group.name) {
            group.facts.retain(|(name, value)| has(name) || has(value));
        }
        (!group.facts.is_empty()).then(|| shown(group))
    });
    let groups: Vec<_> = groups.collect();
    let none = groups.is_empty().then(|| view! { <p class="hint">{text::no_such_fact()}</p> });
    view! { <div class="groups">{groups}</div> <div role="status">{none}</div> }.into_erased()
}

fn shown(group: FactGroup) -> AnyView {
    let facts: Vec<_> = group
        .facts
        .into_iter()
        .map(|(name, value)| view! { <div class="fact"><dt><bdi>{name}</bdi></dt><dd><bdi>{value}</bdi></dd></div> })
        .collect();
    view! {
        <section class="group">
            <h3><bdi>{group.name}</bdi> " " {since(group.since)}</h3>
            <dl class="facts">{facts}</dl>
        </section>
    }
    .into_erased()
}

/// Since when the facts have been as they are.
fn since(at: Moment) -> AnyView {
    view! { <small>{with_views(&text::technical_since(FIRST_VIEW), [ago(at)])}</small> }.into_erased()
}
