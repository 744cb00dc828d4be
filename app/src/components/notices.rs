//! Results of actions: a success disappears by itself, an error stays until it is dismissed.

use super::keyed::keyed;
use crate::{
    drawing::{
        erasure::IntoErased as _,
        icon::{Icon, icon},
    },
    text,
};
use leptos::prelude::*;
use std::time::Duration;

/// How long a success stays, in seconds.
const STAYS_S: u64 = 6;

#[derive(Clone, PartialEq, Eq)]
struct Notice {
    id: u32,
    text: String,
    is_error: bool,
}

/// The results that are shown.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: RwSignal<Vec<Notice>>,
    next: StoredValue<u32>,
}

impl Notices {
    /// Provides them to everything below.
    pub fn provide() -> Self {
        let notices = Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
        provide_context(notices);
        notices
    }

    /// Shows a success for a while.
    pub fn success(self, text: impl Into<String>) {
        let id = self.push(text.into(), false);
        set_timeout(move || self.dismiss(id), Duration::from_secs(STAYS_S));
    }

    /// Shows an error until it is dismissed.
    pub fn error(self, text: impl Into<String>) {
        self.push(text.into(), true);
    }

    fn push(self, text: String, is_error: bool) -> u32 {
        let next = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let id = next.unwrap_or_default();
        // One error at a time: the same failure again does not add a second one.
        self.shown.update(|all| {
            all.retain(|notice| !(notice.is_error && is_error));
            all.push(Notice { id, text, is_error });
        });
        id
    }

    fn dismiss(self, id: u32) {
        self.shown.update(|all| all.retain(|notice| notice.id != id));
    }
}

/// Where the results appear.
#[component]
pub fn NoticeArea() -> impl IntoView {
    let notices = expect_context::<Notices>();
    let keys = Memo::new(move |_| notices.shown.with(|all| all.iter().map(|notice| notice.id.into()).collect()));
    let draw = move |key: u128| {
        let found = notices.shown.with_untracked(|all| all.iter().find(|notice| u128::from(notice.id) == key).cloned());
        found.map(|notice| draw(notices, notice)).into_erased_browser_only()
    };
    view! { <div class="notices" aria-live="polite">{keyed(keys, draw)}</div> }
}

fn draw(notices: Notices, notice: Notice) -> AnyView {
    let Notice { id, text, is_error } = notice;
    let (symbol, tone) = if is_error { (Icon::Alert, "danger") } else { (Icon::Check, "ok") };
    view! {
        <div class="notice" data-tone=tone role=is_error.then_some("alert")>
            {icon(symbol)}
            <bdi>{text}</bdi>
            <button type="button" class="icon-button" aria-label=text::dismiss() on:click=move |_| notices.dismiss(id)>{icon(Icon::Close)}</button>
        </div>
    }
    .into_erased_browser_only()
}
