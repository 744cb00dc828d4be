//! A button that copies a text to the clipboard and says so.

use crate::{
    browser,
    drawing::{
        erasure::reactive_browser_only,
        icon::{Icon, icon},
    },
    text,
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// How long "Copied" is shown, in seconds.
const STAYS_S: u64 = 3;

/// Copies `text`.
#[component]
pub fn CopyButton(
    /// What is copied.
    text: String,
    /// What it is, for the label: `Copy the {what}`.
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
    let result = move || match outcome.get() {
        None => "",
        Some(true) => text::copied(),
        Some(false) => text::copy_by_hand(),
    };
    view! {
        <span class="copy">
            <button type="button" class="icon-button" aria-label=text::copy(what) title=text::copy(what) on:click=copy>
                {reactive_browser_only(move || icon(if outcome.get() == Some(true) { Icon::Tick } else { Icon::Copy }))}
            </button>
            <span class="copy-said" role="status">{reactive_browser_only(result)}</span>
        </span>
    }
}
