//! Results of what was done from a list: success goes by itself, errors stay until they are dismissed.

use super::icon::{Icon, icon};
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
    /// Makes them known to everything below.
    pub fn provide() -> Self {
        let notices = Self {
            shown: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
        };
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
        // One error at a time: the same failure again is not a second one.
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
    view! {
        <div class="notices" aria-live="polite">
            <For each=move || notices.shown.get() key=|notice| notice.id let:notice>
                <div class="notice" data-tone=if notice.is_error { "danger" } else { "ok" } role=notice.is_error.then_some("alert")>
                    {icon(if notice.is_error { Icon::Alert } else { Icon::Check })}
                    <bdi>{notice.text}</bdi>
                    <button type="button" class="icon-button" aria-label="Dismiss" on:click=move |_| notices.dismiss(notice.id)>
                        {icon(Icon::Close)}
                    </button>
                </div>
            </For>
        </div>
    }
}
