//! A button that puts a text into the clipboard and says so.

use crate::{
    browser,
    drawing::{
        erasure::dynamic_late,
        icon::{Icon, icon},
    },
    text,
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// How long "Copied" stays, in seconds.
const STAYS_S: u64 = 3;

/// Copies `text`.
#[component]
pub fn CopyButton(
    /// What is copied.
    text: String,
    /// Names it: `Copy the {what}`.
    what: &'static str,
) -> impl IntoView {
    let outcome = RwSignal::new(None::<bool>);
    let text = StoredValue::new(text);
    let copy = move |_| {
        spawn_local(async move {
            let done = browser::copy(&text.get_value()).await;
            outcome.set(Some(done));
            set_timeout(move || outcome.set(None), Duration::from_secs(STAYS_S));
        });
    };
    let said = move || match outcome.get() {
        None => "",
        Some(true) => text::copied(),
        Some(false) => text::copy_by_hand(),
    };
    view! {
        <span class="copy">
            <button type="button" class="icon-button" aria-label=text::copy(what) title=text::copy(what) on:click=copy>
                {dynamic_late(move || icon(if outcome.get() == Some(true) { Icon::Tick } else { Icon::Copy }))}
            </button>
            <span class="copy-said" role="status">{dynamic_late(said)}</span>
        </span>
    }
}
