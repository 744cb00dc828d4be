//! The device at a glance: each fact with the time at which it was reported; what the device can do; and on top of the
//! page what is under way and must not be overlooked.

use crate::{
    components::{keyed::keyed, time::ago},
    data::live_query::LiveData,
    dialogs::action_runner::ActionRunner,
    drawing::{
        erasure::{IntoErased as _, reactive},
        icon::{Icon, icon},
        with_views::with_views,
    },
    pages::device::contact,
    text::{self, FIRST_VIEW},
    wire::{Abilities, AbilityView, AdminAction, FactView, Moment, NoticeView, SlotPage},
};
use leptos::prelude::*;

/// Lost mode and wipes.
pub fn notices(live: LiveData<SlotPage>) -> AnyView {
    let data = live.data;
    let count = Memo::new(move |_| data.with(|page| page.as_ref().map_or(0, |page| page.notices.len())));
    let keys = Memo::new(move |_| (0..count.get() as u128).collect());
    let contact = contact::latest(live);
    let draw = move |place: u128| {
        let view = Memo::new(move |_| data.with(|page| page.as_ref()?.notices.get(place as usize).cloned()));
        reactive(move || view.get().map(|view| notice(view, contact)))
    };
    view! { <div>{keyed(keys, draw)}</div> }.into_erased()
}

fn notice(view: NoticeView, contact: Signal<Option<Moment>>) -> AnyView {
    let actions = ActionRunner::get();
    let seen = reactive(move || contact.get().map(ago));
    let detail = view.detail.map(|text| view! { <blockquote><bdi>{text}</bdi></blockquote> });
    let cancel = view.cancel.map(|id| {
        view! { <button type="button" class="link-button" on:click=move |_| actions.run(AdminAction::Cancel(id), "")>{text::cancel_request()}</button> }
    });
    let other = view.other.map(|id| {
        view! { <a class="link-button" href=format!("/devices/{id}")>{text::next_compare()}</a> }
    });
    view! {
        <div class="bar" data-tone=view.tone data-notice=view.word>
            {icon(Icon::Alert)} <div>{with_views(&view.text, [ago(view.at), seen])} {detail} {cancel} {other}</div>
        </div>
    }
    .into_erased()
}

/// The facts.
pub fn facts(live: LiveData<SlotPage>) -> AnyView {
    let data = live.data;
    let contact = contact::latest(live);
    let count = Memo::new(move |_| data.with(|page| page.as_ref().map_or(0, |page| page.glance.len())));
    let keys = Memo::new(move |_| (0..count.get() as u128).collect());
    let draw = move |place: u128| {
        let view = Memo::new(move |_| data.with(|page| page.as_ref()?.glance.get(place as usize).cloned()));
        reactive(move || view.get().map(|view| fact(view, contact)))
    };
    view! {
        <section class="card" aria-labelledby="glance">
            <h2 id="glance">{text::glance()}</h2>
            <ul class="glance">{keyed(keys, draw)}</ul>
        </section>
    }
    .into_erased()
}

fn fact(view: FactView, contact: Signal<Option<Moment>>) -> AnyView {
    let is_contact = view.word == "contact";
    let warns = view.warns.then(|| icon(Icon::Alert));
    let share = view.share.map(|share| {
        view! { <svg class="gauge" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width=share.to_string() height="4"/></svg> }
    });
    let place = view.link.map(|link| {
        view! { <small><a href=link rel="external noreferrer" target="_blank">{text::show_on_map()}</a></small> }
    });
    let note = view.note.map(|note| view! { <small>{note}</small> });
    let time = view.at.map(|at| {
        let text = match (view.is_since, view.is_taken) {
            (true, _) => FIRST_VIEW.to_owned(),
            (_, true) => text::located_at(FIRST_VIEW),
            _ => text::reported_at(FIRST_VIEW),
        };
        let at = reactive(move || ago(contact.get().filter(|_| is_contact).unwrap_or(at)));
        view! { <small>{with_views(&text, [at])}</small> }
    });
    view! {
        <li data-fact=view.word data-tone=view.warns.then_some("warn")>
            <span class="glance-name">{warns} {view.name}</span>
            <strong><bdi>{view.value}</bdi></strong>
            {share} {note} {place} {time}
        </li>
    }
    .into_erased()
}

/// What the device can do.
pub fn abilities(live: LiveData<SlotPage>) -> AnyView {
    let abilities = Memo::new(move |_| live.data.with(|page| page.as_ref().and_then(|page| page.abilities.clone())));
    reactive(move || abilities.get().map(abilities_card))
}

fn abilities_card(abilities: Abilities) -> AnyView {
    let commands: Vec<_> = abilities.commands.into_iter().map(ability).collect();
    let never = abilities.never.map(|text| view! { <p class="hint">{text}</p> });
    view! {
        <section class="card" aria-labelledby="abilities">
            <h2 id="abilities">{text::capabilities()} " " <small>{with_views(&text::capabilities_reported(FIRST_VIEW), [ago(abilities.at)])}</small></h2>
            <ul class="abilities">{commands}</ul>
            {never}
        </section>
    }
    .into_erased()
}

fn ability(view: AbilityView) -> AnyView {
    let (symbol, word) = if view.is_there { (Icon::Check, text::can()) } else { (Icon::Cross, text::cannot()) };
    view! {
        <li data-tone=if view.is_there { "ok" } else { "quiet" }>
            {icon(symbol)} <span class="visually-hidden">{word}</span>
            <div><bdi>{view.name}</bdi> {view.note.map(|note| view! { <small><bdi>{note}</bdi></small> })}</div>
        </li>
    }
    .into_erased()
}
