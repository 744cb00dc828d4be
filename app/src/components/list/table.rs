//! The table of a list, with its states and the pager below.

use super::{
    pager::{Noun, PageInfo, Pager},
    selection::{RowSelection, SelectionAction, page_box, row_box, selection_bar},
};
use crate::{
    components::{keyed::keyed, list::stable_order::StableOrder, states::StaleBar},
    data::{
        list_url::ListUrl,
        live_query::{LiveData, RefreshState},
    },
    drawing::erasure::{IntoErased as _, reactive},
    text,
    wire::ListRow,
};
use domain::list::Page;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FocusEvent};

/// What makes one list differ from the others.
pub struct Table {
    /// The list.
    pub url: ListUrl,
    /// Its name.
    pub label: &'static str,
    /// What its rows are, for screen readers.
    pub caption: &'static str,
    /// Its class in the style sheet.
    pub class: &'static str,
    /// Headings of its columns, without that of the menus.
    pub headings: Vec<AnyView>,
    /// What its rows are.
    pub noun: Noun,
    /// Shown when there are no rows.
    pub none: fn(ListUrl) -> AnyView,
    /// Which rows are selected, and what can be done to them; `None` where rows cannot be selected.
    pub selection: Option<(RowSelection, Vec<SelectionAction>)>,
}

/// A heading of a column.
pub fn heading(text: &'static str) -> AnyView {
    view! { <th scope="col" role="columnheader">{text}</th> }.into_erased()
}

/// The table of `live`. `row` draws a row from its data, which changes in place.
pub fn table<T: ListRow>(
    live: LiveData<Page<T>>,
    table: Table,
    row: impl Fn(Memo<Option<T>>, u128, Select) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let data = live.data;
    let keys = Memo::new(move |_| data.with(|page| page.iter().flat_map(|page| &page.rows).map(T::key).collect()));
    let order = StableOrder::new(keys, live.state);
    let select = Select { selection: table.selection.as_ref().map(|(selection, _)| *selection), page: order.shown };
    let info = Memo::new(move |_| data.with(|page| page.as_ref().map(PageInfo::from).unwrap_or_default()));
    let draw = move |key: u128| {
        // A row whose data did not change is not drawn again. One that has just left the data keeps what it showed
        // last: it may still be held in its place.
        let item = Memo::new(move |before: Option<&Option<T>>| {
            let found = data.with(|page| page.as_ref()?.rows.iter().find(|item| item.key() == key).cloned());
            found.or_else(|| before.cloned().flatten())
        });
        row(item, key, select)
    };
    frame(table, live.state, order, info, keyed(order.shown, draw))
}

/// The place of a row's checkbox.
#[derive(Clone, Copy)]
pub struct Select {
    selection: Option<RowSelection>,
    page: Memo<Vec<u128>>,
}

impl Select {
    /// The cell with the checkbox of a row, where rows can be selected.
    pub fn cell(self, key: u128, label: Signal<String>) -> Option<AnyView> {
        self.selection.map(|selection| row_box(selection, key, self.page, label))
    }
}

/// Whether the focus came with the keyboard. A focus that a click left behind does not tell what its user looks at.
fn is_by_keyboard(event: &FocusEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.matches(":focus-visible").unwrap_or(false))
}

fn frame(table: Table, state: RefreshState, order: StableOrder, info: Memo<PageInfo>, rows: AnyView) -> AnyView {
    let Table { url, label, caption, class, headings, noun, none, selection } = table;
    let is_empty = Memo::new(move |_| order.shown.with(Vec::is_empty));
    let all = selection.as_ref().map(|(selection, _)| page_box(*selection, order.shown));
    let total = Signal::derive(move || info.with(PageInfo::total));
    let bar = selection.map(|(selection, actions)| selection_bar(selection, total, actions));
    let busy = move || state.loading.get().to_string();
    let is_old = move || state.stale.get().then_some("");
    view! {
        <StaleBar error=state.error retry=state.refresh/>
        {bar}
        <div class="held" on:pointerenter=move |_| order.hover(true) on:pointerleave=move |_| order.hover(false)
            on:focusin=move |event| order.focus(is_by_keyboard(&event)) on:focusout=move |_| order.focus(false)>
            {order.pill()}
            <div class="scroll" role="region" aria-label=label tabindex="0" hidden=move || is_empty.get()>
                <table class=format!("table {class}") role="table" aria-busy=busy data-stale=is_old>
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
        {reactive(move || is_empty.get().then(|| none(url)))}
        <Pager url=url info=info.into() noun=noun/>
    }
    .into_erased()
}
