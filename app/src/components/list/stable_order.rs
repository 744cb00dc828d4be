//! Lists that hold still under the pointer. While someone points at a table or has the focus in it, changes told by the
//! server do not add, remove or move rows: what is clicked is what was meant. The rows' content changes all the same.

use crate::{
    data::live_query::RefreshState,
    drawing::erasure::{Erase as _, dynamic},
    text,
};
use leptos::prelude::*;

/// The order of rows that is shown, and what holds it.
#[derive(Clone, Copy)]
pub struct Held {
    /// The rows that are shown.
    pub shown: Memo<Vec<u128>>,
    order: Memo<Order>,
    told: RwSignal<bool>,
    pointed: RwSignal<bool>,
    focused: RwSignal<bool>,
}

/// The rows that are shown, and those of the latest data.
#[derive(Clone, PartialEq, Eq)]
struct Order {
    shown: Vec<u128>,
    latest: Vec<u128>,
}

impl Order {
    /// What to say of the difference; `None` while there is none.
    fn words(&self) -> Option<String> {
        if self.shown == self.latest {
            return None;
        }
        let new = self.latest.iter().filter(|key| !self.shown.contains(key)).count();
        Some(if new > 0 { text::new_rows(new) } else { text::order_changed().to_owned() })
    }
}

impl Held {
    /// Shows `latest`, unless it was told by the server while someone is at the table.
    pub fn new(latest: Memo<Vec<u128>>, state: RefreshState) -> Self {
        let (pointed, focused) = (RwSignal::new(false), RwSignal::new(false));
        let told = state.by_server;
        let order = Memo::new(move |before: Option<&Order>| {
            let latest = latest.get();
            let holds = told.get() && (pointed.get() || focused.get());
            let held = before.map(|before| &before.shown).filter(|shown| holds && !shown.is_empty());
            Order { shown: held.unwrap_or(&latest).clone(), latest }
        });
        let shown = Memo::new(move |_| order.with(|order| order.shown.clone()));
        Self { shown, order, told, pointed, focused }
    }

    /// Notes that the pointer came to the table or left it.
    pub fn point(self, is_there: bool) {
        self.pointed.set(is_there);
    }

    /// Notes that the focus came into the table or left it.
    pub fn focus(self, is_there: bool) {
        self.focused.set(is_there);
    }

    /// Says that the list is another by now, and shows it when asked to. Takes no room, so that nothing moves.
    pub fn pill(self) -> AnyView {
        let show = move |_| self.told.set(false);
        let pill = move || {
            self.order
                .with(Order::words)
                .map(|words| view! { <button type="button" class="pill" on:click=show>{words}</button> }.erase_late())
        };
        view! { <div class="pill-place" role="status">{dynamic(pill)}</div> }.erase()
    }
}
