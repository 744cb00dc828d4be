//! The table of a list, its states, and the pager below.

use super::{
    pager::{Ends, Noun, Pager},
    selection::{Choice, Offer, page_box, row_box, selection_bar},
};
use crate::{
    components::{keyed::keyed, list::stable_order::Held, states::StaleBar},
    data::{
        list_url::ListUrl,
        live_query::{LiveData, RefreshState},
    },
    drawing::erasure::{Erase as _, dynamic},
    text,
    wire::Line,
};
use domain::list::Page;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FocusEvent};

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
    /// What its rows are.
    pub noun: Noun,
    /// Shown when there are no rows.
    pub none: fn(ListUrl) -> AnyView,
    /// What is chosen, and what can be done to it; `None` where rows cannot be chosen.
    pub selection: Option<(Choice, Vec<Offer>)>,
}

/// A heading of a column.
pub fn heading(words: &'static str) -> AnyView {
    view! { <th scope="col" role="columnheader">{words}</th> }.erase()
}

/// The table of `live`, with `row` for each line.
pub fn table<T: Line>(
    live: LiveData<Page<T>>,
    table: Table,
    row: impl Fn(Memo<Option<T>>, u128, Select) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let data = live.data;
    let keys = Memo::new(move |_| data.with(|page| page.iter().flat_map(|page| &page.rows).map(T::key).collect()));
    let held = Held::new(keys, live.state);
    let select = Select { selection: table.selection.as_ref().map(|(selection, _)| *selection), page: held.shown };
    let ends = Memo::new(move |_| data.with(|page| page.as_ref().map(Ends::from).unwrap_or_default()));
    let draw = move |key: u128| {
        // A line that did not change is not drawn again; one that just went away keeps its last face.
        let line = Memo::new(move |before: Option<&Option<T>>| {
            let found = data.with(|page| page.as_ref()?.rows.iter().find(|line| line.key() == key).cloned());
            found.or_else(|| before.cloned().flatten())
        });
        row(line, key, select)
    };
    frame(table, live.state, held, ends, keyed(held.shown, draw))
}

/// The place of a row's box.
#[derive(Clone, Copy)]
pub struct Select {
    selection: Option<Choice>,
    page: Memo<Vec<u128>>,
}

impl Select {
    /// The cell with the box of a row, where rows can be chosen.
    pub fn cell(self, key: u128, label: Signal<String>) -> Option<AnyView> {
        self.selection.map(|selection| row_box(selection, key, self.page, label))
    }
}

/// Whether the focus came with the keyboard. One that a click left behind says nothing about where its user looks.
fn is_by_keyboard(event: &FocusEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.matches(":focus-visible").unwrap_or(false))
}

fn frame(table: Table, state: RefreshState, held: Held, ends: Memo<Ends>, rows: AnyView) -> AnyView {
    let Table { url, label, caption, class, headings, noun, none, selection } = table;
    let is_empty = Memo::new(move |_| held.shown.with(Vec::is_empty));
    let all = selection.as_ref().map(|(selection, _)| page_box(*selection, held.shown));
    let total = Signal::derive(move || ends.with(Ends::total));
    let bar = selection.map(|(selection, offers)| selection_bar(selection, total, offers));
    let busy = move || state.loading.get().to_string();
    view! {
        <StaleBar error=state.error retry=state.refresh/>
        {bar}
        <div class="held" on:pointerenter=move |_| held.point(true) on:pointerleave=move |_| held.point(false)
            on:focusin=move |event| held.focus(is_by_keyboard(&event)) on:focusout=move |_| held.focus(false)>
            {held.pill()}
            <div class="scroll" role="region" aria-label=label tabindex="0" hidden=move || is_empty.get()>
                <table class=format!("table {class}") role="table" aria-busy=busy>
                    <caption class="visually-hidden">{caption}</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            {all}
                            {headings}
                            <th scope="col" role="columnheader"><span class="visually-hidden">{text::actions()}</span></th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        </div>
        {dynamic(move || is_empty.get().then(|| none(url)))}
        <Pager url=url ends=ends.into() noun=noun/>
    }
    .erase()
}
