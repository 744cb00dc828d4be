//! Lists that hold still under the pointer. While someone points at a table or has the focus in it, changes told by the
//! server do not add, remove or move rows: what is clicked is what was meant. The rows' content changes all the same.

use crate::{
    erase::{Erase as _, dynamic},
    loaded::State,
    words::count,
};
use leptos::prelude::*;

/// The order of rows that is shown, and what holds it.
#[derive(Clone, Copy)]
pub struct Held {
    /// The rows that are shown.
    pub shown: Memo<Vec<u128>>,
    latest: Memo<Vec<u128>>,
    told: RwSignal<bool>,
    pointed: RwSignal<bool>,
    focused: RwSignal<bool>,
}

impl Held {
    /// Shows `latest`, unless it was told by the server while someone is at the table.
    pub fn new(latest: Memo<Vec<u128>>, state: State) -> Self {
        let (pointed, focused) = (RwSignal::new(false), RwSignal::new(false));
        let told = state.told;
        let shown = Memo::new(move |before: Option<&Vec<u128>>| {
            let latest = latest.get();
            let holds = told.get() && (pointed.get() || focused.get());
            before.filter(|before| holds && !before.is_empty()).cloned().unwrap_or(latest)
        });
        Self { shown, latest, told, pointed, focused }
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
        let words = move || {
            let shown = self.shown.get();
            let latest = self.latest.get();
            if shown == latest {
                return None;
            }
            let new = latest.iter().filter(|key| !shown.contains(key)).count();
            Some(if new > 0 {
                format!("{} – show", count(new as u64, "new row", "new rows"))
            } else {
                "The order changed – show".to_owned()
            })
        };
        let show = move |_| self.told.set(false);
        let pill = move || {
            words()
                .map(|words| view! { <button type="button" class="pill" on:click=show>{words}</button> }.erase_late())
        };
        view! { <div class="pill-place" role="status">{dynamic(pill)}</div> }.erase()
    }
}
