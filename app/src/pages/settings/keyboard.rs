//! Keyboard shortcuts, and whether they are on.

use crate::{browser, drawing::erasure::IntoErased as _, text};
use leptos::prelude::*;

/// The cookie that switches shortcuts without Ctrl off, by its value `off` (WCAG 2.1.4).
const SHORTCUTS: &str = "shortcuts";

pub(super) fn view() -> AnyView {
    // Only this browser knows. Until its effect has run, they are shown as on.
    let is_on = RwSignal::new(true);
    Effect::new(move || is_on.set(browser::remembered(SHORTCUTS).as_deref() != Some("off")));
    let choose = move |on: bool| {
        is_on.set(on);
        browser::remember(SHORTCUTS, if on { "on" } else { "off" });
    };
    let also = view! { " " <kbd>"?"</kbd> }.into_erased();
    let first = key(text::keys_palette(), Some(also), text::palette());
    let keys: Vec<_> = keys().into_iter().map(|(keys, what)| key(keys, None, what)).collect();
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=is_on on:change:target=move |event| choose(event.target().checked())/>
            <span>{text::single_keys()}</span>
        </label>
        <dl class="facts keys">{first} {keys}</dl>
    }
    .into_erased()
}

fn key(keys: &'static str, also: Option<AnyView>, what: &'static str) -> AnyView {
    view! { <dt><kbd>{keys}</kbd>{also}</dt><dd>{what}</dd> }.into_erased()
}

/// The other shortcuts and what they do.
fn keys() -> [(&'static str, &'static str); 5] {
    [
        ("/", text::search()),
        ("g d", text::mobile_devices()),
        ("g i", text::invitations()),
        ("g p", text::people()),
        ("g s", text::settings()),
    ]
}
