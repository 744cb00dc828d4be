//! A list holds still while someone uses it. As long as the pointer is over the table, or the keyboard focus is in it,
//! changes that the server reports do not add, remove or move rows, so that a click hits the row that was meant. The
//! content of the rows changes all the same.

use crate::{
    data::live_query::RefreshState,
    drawing::erasure::{IntoErased as _, reactive},
    text,
};
use leptos::prelude::*;

/// The order of the rows that are shown, and what holds it.
#[derive(Clone, Copy)]
pub struct StableOrder {
    /// The keys of the rows that are shown.
    pub shown: Memo<Vec<u128>>,
    order: Memo<RowOrder>,
    by_server: RwSignal<bool>,
    hovered: RwSignal<bool>,
    focused: RwSignal<bool>,
}

/// The keys of the rows that are shown, and those of the latest data.
#[derive(Clone, PartialEq, Eq)]
struct RowOrder {
    shown: Vec<u128>,
    latest: Vec<u128>,
}

impl RowOrder {
    /// How the list differs from what is shown; `None` when it does not.
    fn text(&self) -> Option<String> {
        if self.shown == self.latest {
            return None;
        }
        let new = self.latest.iter().filter(|key| !self.shown.contains(key)).count();
        Some(if new > 0 { text::new_rows(new) } else { text::order_changed().to_owned() })
    }
}

impl StableOrder {
    /// Shows `latest`, unless it was refreshed by the server while someone uses the table.
    pub fn new(latest: Memo<Vec<u128>>, state: RefreshState) -> Self {
        let (hovered, focused) = (RwSignal::new(false), RwSignal::new(false));
        let by_server = state.by_server;
        let order = Memo::new(move |before: Option<&RowOrder>| {
            let latest = latest.get();
            let holds = by_server.get() && (hovered.get() || focused.get());
            // An empty list has no row that could be missed.
            let held = before.map(|before| &before.shown).filter(|shown| holds && !shown.is_empty());
            RowOrder { shown: held.unwrap_or(&latest).clone(), latest }
        });
        let shown = Memo::new(move |_| order.with(|order| order.shown.clone()));
        Self { shown, order, by_server, hovered, focused }
    }

    /// Notes that the pointer entered the table or left it.
    pub fn hover(self, is_there: bool) {
        self.hovered.set(is_there);
    }

    /// Notes that the focus entered the table or left it.
    pub fn focus(self, is_there: bool) {
        self.focused.set(is_there);
    }

    /// Says that the list has changed, and shows the change on a click. Takes no space, so that nothing moves.
    pub fn pill(self) -> AnyView {
        let show = move |_| self.by_server.set(false);
        let pill = move || {
            self.order.with(RowOrder::text).map(|text| {
                view! { <button type="button" class="pill" on:click=show>{text}</button> }.into_erased_browser_only()
            })
        };
        view! { <div class="pill-place" role="status">{reactive(pill)}</div> }.into_erased()
    }
}
