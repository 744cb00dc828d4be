//! The table of a list, its states, and the pager below.

use super::{
    keyed::keyed,
    list::ListUrl,
    pager::{Ends, Pager},
    states::StaleBar,
};
use crate::{
    erase::{Erase as _, dynamic},
    loaded::{Loaded, State},
};
use domain::list::Page;
use leptos::prelude::*;

/// A row of a list.
pub trait Line: Clone + PartialEq + Send + Sync + 'static {
    /// What tells it from the others.
    fn key(&self) -> u128;
}

/// What makes one list differ from the others.
pub struct Table {
    /// The list.
    pub url: ListUrl,
    /// Names it.
    pub label: &'static str,
    /// What its rows are, for those who do not see it.
    pub caption: &'static str,
    /// Its class in the style sheet.
    pub class: &'static str,
    /// Headings of its columns, but that of the menus.
    pub headings: Vec<AnyView>,
    /// What its rows are: one, and many.
    pub noun: (&'static str, &'static str),
    /// Shown when there are no rows.
    pub none: fn(ListUrl) -> AnyView,
}

/// A heading of a column.
pub fn heading(words: &'static str) -> AnyView {
    view! { <th scope="col" role="columnheader">{words}</th> }.erase()
}

/// The table of `loaded`, with `row` for each line.
pub fn table<T: Line>(
    loaded: Loaded<Page<T>>,
    table: Table,
    row: impl Fn(Memo<Option<T>>, u128) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let data = loaded.data;
    let keys = Memo::new(move |_| data.with(|page| page.iter().flat_map(|page| &page.rows).map(T::key).collect()));
    let ends = Memo::new(move |_| data.with(|page| page.as_ref().map(Ends::from).unwrap_or_default()));
    let draw = move |key: u128| {
        // A line that did not change is not drawn again; one that just went away keeps its last face.
        let line = Memo::new(move |before: Option<&Option<T>>| {
            let found = data.with(|page| page.as_ref()?.rows.iter().find(|line| line.key() == key).cloned());
            found.or_else(|| before.cloned().flatten())
        });
        row(line, key)
    };
    frame(table, loaded.state, keys, ends, keyed(keys, draw))
}

fn frame(table: Table, state: State, keys: Memo<Vec<u128>>, ends: Memo<Ends>, rows: AnyView) -> AnyView {
    let Table { url, label, caption, class, headings, noun, none } = table;
    let is_empty = Memo::new(move |_| keys.with(Vec::is_empty));
    let busy = move || state.loading.get().to_string();
    view! {
        <StaleBar error=state.error retry=state.refresh/>
        <div class="scroll" role="region" aria-label=label tabindex="0" hidden=move || is_empty.get()>
            <table class=format!("table {class}") role="table" aria-busy=busy>
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {headings}
                        <th scope="col" role="columnheader"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
        {dynamic(move || is_empty.get().then(|| none(url)))}
        <Pager url=url ends=ends.into() noun=noun/>
    }
    .erase()
}
