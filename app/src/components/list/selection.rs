//! Selected rows of a list, on the page that is shown and on others.

use crate::{
    data::list_url::ListUrl,
    drawing::{
        erasure::{IntoErased as _, reactive},
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

/// Something that can be done to all selected rows.
pub type SelectionAction = (&'static str, Icon, Callback<SelectedRows>);

/// Which rows are selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectedRows {
    /// These rows.
    Rows(BTreeSet<u128>),
    /// Every row that the list's URL matches, and how many there were at the time.
    Matching(u64),
}

impl SelectedRows {
    /// How many rows.
    pub fn len(&self) -> u64 {
        match self {
            Self::Rows(rows) => rows.len() as u64,
            Self::Matching(total) => *total,
        }
    }
}

/// The selection in one list.
#[derive(Clone, Copy)]
pub struct RowSelection {
    selected: RwSignal<SelectedRows>,
}

impl RowSelection {
    /// Nothing is selected. A change of the filters of `url` clears the selection: nobody should act on rows that they
    /// do not see.
    pub fn new(url: ListUrl) -> Self {
        let selection = Self { selected: RwSignal::new(SelectedRows::Rows(BTreeSet::new())) };
        let filters = Memo::new(move |_| url.filters());
        Effect::watch(move || filters.get(), move |_, _, _| selection.clear(), false);
        selection
    }

    /// Selects nothing.
    pub fn clear(self) {
        self.selected.set(SelectedRows::Rows(BTreeSet::new()));
    }

    fn has(self, key: u128) -> bool {
        self.selected.with(|selected| match selected {
            SelectedRows::Rows(rows) => rows.contains(&key),
            SelectedRows::Matching(_) => true,
        })
    }

    fn is_empty(self) -> bool {
        self.selected.with(|selected| selected.len() == 0)
    }

    /// Selects rows or deselects them. After "all that match", only the rows of the `page` that is shown stay selected.
    fn set(self, keys: &[u128], on: bool, page: &[u128]) {
        self.selected.update(|selected| {
            if let SelectedRows::Matching(_) = selected {
                *selected = SelectedRows::Rows(page.iter().copied().collect());
            }
            let SelectedRows::Rows(rows) = selected else { return };
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

/// The checkbox of one row. `label` names the row.
pub fn row_box(selection: RowSelection, key: u128, page: Memo<Vec<u128>>, label: Signal<String>) -> AnyView {
    let is_on = move || selection.has(key);
    let changed = move |event: Targeted<Event, HtmlInputElement>| {
        selection.set(&[key], event.target().checked(), &page.get_untracked());
    };
    view! {
        <td role="cell" class="cell-select">
            <label class="hit"><input type="checkbox" aria-label=move || text::select_row(&label.get()) prop:checked=is_on on:change:target=changed/></label>
        </td>
    }
    .into_erased()
}

/// The checkbox in the head of the table: all rows of the page, some, or none.
pub fn page_box(selection: RowSelection, page: Memo<Vec<u128>>) -> AnyView {
    let selected = move || page.with(|page| page.iter().filter(|key| selection.has(**key)).count());
    let is_all = move || selected() > 0 && selected() == page.with(Vec::len);
    let is_some = move || selected() > 0 && !is_all();
    let changed = move |event: Targeted<Event, HtmlInputElement>| {
        let page = page.get_untracked();
        selection.set(&page, event.target().checked(), &page);
    };
    view! {
        <th scope="col" role="columnheader" class="cell-select">
            <label class="hit"><input type="checkbox" aria-label=text::select_page() prop:checked=is_all prop:indeterminate=is_some on:change:target=changed/></label>
        </th>
    }
    .into_erased()
}

/// How many rows are selected, and what can be done to them. `total` is how many rows match in all; `None` when there
/// are too many to count.
pub fn selection_bar(selection: RowSelection, total: Signal<Option<u64>>, actions: Vec<SelectionAction>) -> AnyView {
    let actions = StoredValue::new(actions);
    let is_open = Memo::new(move |_| !selection.is_empty());
    let count = move || {
        let number = selection.selected.with(SelectedRows::len);
        if number > 0 { text::rows_selected(number) } else { String::new() }
    };
    let bar = move || {
        is_open.get().then(|| {
            let buttons = actions.get_value().into_iter().map(|(label, symbol, act)| {
                let clicked = move |_| act.run(selection.selected.get_untracked());
                view! { <button type="button" class="button" on:click=clicked>{icon(symbol)} {label}</button> }.into_erased_browser_only()
            });
            view! {
                <div class="batch" role="region" aria-label=text::selection()>
                    <strong>{reactive(count)}</strong>
                    {reactive(move || all_matching(selection, total))}
                    <span class="batch-actions">{buttons.collect::<Vec<_>>()}</span>
                    <button type="button" class="link-button" on:click=move |_| selection.clear()>{text::clear_selection()}</button>
                </div>
            }
            .into_erased_browser_only()
        })
    };
    view! { <div><span class="visually-hidden" role="status">{reactive(count)}</span>{reactive(bar)}</div> }
        .into_erased()
}

/// Extends the selection from the rows of a page to all rows that match, unless there are too many to count.
fn all_matching(selection: RowSelection, total: Signal<Option<u64>>) -> Option<AnyView> {
    let total = total.get()?;
    let more =
        selection.selected.with(|selected| matches!(selected, SelectedRows::Rows(rows) if (rows.len() as u64) < total));
    let label = text::select_matching(total);
    let select_all = move |_| selection.selected.set(SelectedRows::Matching(total));
    more.then(|| {
        view! { <button type="button" class="link-button" on:click=select_all>{label}</button> }
            .into_erased_browser_only()
    })
}
