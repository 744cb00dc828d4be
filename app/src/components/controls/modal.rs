//! Dialogs: the browser's own `<dialog>`, which keeps the focus inside, closes on Escape and makes the rest inert.

use crate::{
    drawing::{
        erasure::IntoErased as _,
        icon::{Icon, icon},
    },
    text,
};
use leptos::{html, prelude::*};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

thread_local! {
    /// What had the focus when the dialog opened. An element of this tab, so not in a signal.
    static OPENER: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// Remembers the element that gets the focus back. Called before a dialog opens, unless one is open already.
pub fn remember_focus() {
    let active = document().active_element();
    OPENER.set(active.and_then(|element| element.dyn_into().ok()));
}

/// Closes the open dialog; its `close` event does the rest.
pub fn close_modal() {
    let open = document().query_selector("dialog[open]").ok().flatten();
    if let Some(dialog) = open.and_then(|element| element.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
        dialog.close();
    }
}

fn return_focus() {
    if let Some(opener) = OPENER.take().filter(|element| element.is_connected()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = opener.focus();
    }
}

/// A dialog that is open as long as it exists. `on_close` is called after it was closed, no matter how.
pub fn modal(title: &'static str, on_close: Callback<()>, body: AnyView) -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let Some(dialog) = node.get().filter(|dialog| !dialog.open()) {
            // It fails only when the dialog is open or not in the document.
            let _ = dialog.show_modal();
        }
    });
    let closed = move |_| {
        return_focus();
        on_close.run(());
    };
    view! {
        <dialog node_ref=node class="dialog" aria-labelledby="dialog-title" on:close=closed>
            <header class="dialog-head">
                <h2 id="dialog-title">{title}</h2>
                <button type="button" class="icon-button" aria-label=text::close() on:click=|_| close_modal()>{icon(Icon::Close)}</button>
            </header>
            {body}
        </dialog>
    }
    .into_erased_browser_only()
}
