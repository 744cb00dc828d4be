//! The WebAssembly entry point of the console.

use js_sys::Reflect;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::Event;

/// Hydrates the console: attaches it to the page that the server rendered. `phrases` is the content of the phrasebook
/// file that the page names.
#[wasm_bindgen]
pub fn hydrate(phrases: String) {
    // Writes the message of a panic to the browser's console.
    console_error_panic_hook::set_once();
    if !app::locale::load(phrases) {
        wasm_bindgen::throw_str("These phrases belong to another build.");
    }
    report_traps();
    leptos::mount::hydrate_body(app::App);
}

/// Shows a banner when the page is dead: after a trap nothing on it reacts any more. A panic ends in a trap, too.
fn report_traps() {
    let Some(window) = web_sys::window() else { return };
    let is_shown = std::cell::Cell::new(false);
    let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if is_trap(&event) && !is_shown.replace(true) {
            // Without a document there is no page to show it on.
            let _ = show_banner();
        }
    });
    for kind in ["error", "unhandledrejection"] {
        let _ = window.add_event_listener_with_callback(kind, on_error.as_ref().unchecked_ref());
    }
    // Listens as long as the page exists.
    on_error.forget();
}

/// Whether an event reports a WebAssembly trap: in the `error` of an `error` event, or in the `reason` of an
/// `unhandledrejection` event.
fn is_trap(event: &JsValue) -> bool {
    let property = |of: &JsValue, name: &str| Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    ["error", "reason"]
        .into_iter()
        .map(|name| property(event, name))
        .any(|error| error.is_object() && property(&error, "name").as_string().as_deref() == Some("RuntimeError"))
}

fn show_banner() -> Option<()> {
    let document = web_sys::window()?.document()?;
    let body = document.query_selector("body").ok()??;
    let banner = document.create_element("div").ok()?;
    banner.set_class_name("crash");
    banner.set_attribute("role", "alert").ok()?;
    let link = document.create_element("a").ok()?;
    link.set_attribute("href", "").ok()?;
    let (broke, reload) = app::locale::crash_text();
    link.set_text_content(Some(reload));
    banner.set_text_content(Some(&format!("{broke} ")));
    banner.append_child(&link).ok()?;
    body.append_child(&banner).ok()?;
    Some(())
}
