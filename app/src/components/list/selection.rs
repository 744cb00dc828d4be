//! Rows of a list that are chosen, on the page that is shown and on others.

use crate::{
    data::list_url::ListUrl,
    drawing::{
        erasure::{Erase as _, dynamic},
        icon::{Icon, icon},
    },
    text,
};
use leptos::{
    ev::{Event, Targeted},
    prelude::*,
};
use std::collections::BTreeSet;
use web_sys::HtmlInputElement;

/// Something that can be done to all rows that are chosen.
pub type Offer = (&'static str, Icon, Callback<Chosen>);

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// These rows.
    Rows(BTreeSet<u128>),
    /// Every row that the list's URL matches; so many they were when that was said.
    Matching(u64),
}

impl Chosen {
    /// How many rows.
    pub fn len(&self) -> u64 {
        match self {
            Self::Rows(rows) => rows.len() as u64,
            Self::Matching(total) => *total,
        }
    }
}

/// The choice in one list.
#[derive(Clone, Copy)]
pub struct Choice {
    chosen: RwSignal<Chosen>,
}

impl Choice {
    /// Nothing is chosen. What the filters of `url` are changed for is forgotten: nobody should act on what is not seen.
    pub fn new(url: ListUrl) -> Self {
        let selection = Self { chosen: RwSignal::new(Chosen::Rows(BTreeSet::new())) };
        let filters = Memo::new(move |_| url.filters());
        Effect::watch(move || filters.get(), move |_, _, _| selection.clear(), false);
        selection
    }

    /// Chooses nothing.
    pub fn clear(self) {
        self.chosen.set(Chosen::Rows(BTreeSet::new()));
    }

    fn has(self, key: u128) -> bool {
        self.chosen.with(|chosen| match chosen {
            Chosen::Rows(rows) => rows.contains(&key),
            Chosen::Matching(_) => true,
        })
    }

    fn is_empty(self) -> bool {
        self.chosen.with(|chosen| chosen.len() == 0)
    }

    /// Adds rows or takes them away. `page` are the rows that are shown, which stay chosen of all that match.
    fn set(self, keys: &[u128], on: bool, page: &[u128]) {
        self.chosen.update(|chosen| {
            if let Chosen::Matching(_) = chosen {
                *chosen = Chosen::Rows(page.iter().copied().collect());
            }
            let Chosen::Rows(rows) = chosen else { return };
            for key in keys {
                if on {
                    rows.insert(*key)
                } else {
                    rows.remove(key)
                };
            }
        });
    }
}

/// The box of one row. `label` says whose it is.
pub fn row_box(selection: Choice, key: u128, page: Memo<Vec<u128>>, label: Signal<String>) -> AnyView {
    let is_on = move || selection.has(key);
    let changed = move |event: Targeted<Event, HtmlInputElement>| {
        selection.set(&[key], event.target().checked(), &page.get_untracked());
    };
    view! {
        <td role="cell" class="cell-select">
            <label class="hit"><input type="checkbox" aria-label=move || text::select_row(&label.get()) prop:checked=is_on on:change:target=changed/></label>
        </td>
    }
    .erase()
}

/// The box in the head of the table: all rows of the page, some, or none.
pub fn page_box(selection: Choice, page: Memo<Vec<u128>>) -> AnyView {
    let chosen = move || page.with(|page| page.iter().filter(|key| selection.has(**key)).count());
    let is_all = move || chosen() > 0 && chosen() == page.with(Vec::len);
    let is_some = move || chosen() > 0 && !is_all();
    let changed = move |event: Targeted<Event, HtmlInputElement>| {
        let page = page.get_untracked();
        selection.set(&page, event.target().checked(), &page);
    };
    view! {
        <th scope="col" role="columnheader" class="cell-select">
            <label class="hit"><input type="checkbox" aria-label=text::select_page() prop:checked=is_all prop:indeterminate=is_some on:change:target=changed/></label>
        </th>
    }
    .erase()
}

/// What is chosen, and what can be done to it. `total` is how many rows match in all; `None` when they are too many.
pub fn selection_bar(selection: Choice, total: Signal<Option<u64>>, offers: Vec<Offer>) -> AnyView {
    let offers = StoredValue::new(offers);
    let is_open = Memo::new(move |_| !selection.is_empty());
    let said = move || {
        let number = selection.chosen.with(Chosen::len);
        if number > 0 { text::rows_selected(number) } else { String::new() }
    };
    let bar = move || {
        is_open.get().then(|| {
            let buttons = offers.get_value().into_iter().map(|(label, sign, act)| {
                let chosen = move |_| act.run(selection.chosen.get_untracked());
                view! { <button type="button" class="button" on:click=chosen>{icon(sign)} {label}</button> }.erase_late()
            });
            view! {
                <div class="batch" role="region" aria-label=text::selection()>
                    <strong>{dynamic(said)}</strong>
                    {dynamic(move || all_matching(selection, total))}
                    <span class="batch-actions">{buttons.collect::<Vec<_>>()}</span>
                    <button type="button" class="link-button" on:click=move |_| selection.clear()>{text::clear_selection()}</button>
                </div>
            }
            .erase_late()
        })
    };
    view! { <div><span class="visually-hidden" role="status">{dynamic(said)}</span>{dynamic(bar)}</div> }.erase()
}

/// The way from the rows of a page to all rows that match, unless they are more than can be changed at once.
fn all_matching(selection: Choice, total: Signal<Option<u64>>) -> Option<AnyView> {
    let total = total.get()?;
    let more = selection.chosen.with(|chosen| matches!(chosen, Chosen::Rows(rows) if (rows.len() as u64) < total));
    let words = text::select_matching(total);
    let choose = move |_| selection.chosen.set(Chosen::Matching(total));
    more.then(|| view! { <button type="button" class="link-button" on:click=choose>{words}</button> }.erase_late())
}
