//! The WebAssembly entry point of the console.

use js_sys::Reflect;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::Event;

/// Attaches the console to the page that the server rendered. `words` is the file of phrases that the page names.
#[wasm_bindgen]
pub fn hydrate(words: String) {
    // Says what went wrong, in development builds; the small build leaves its panics without words.
    console_error_panic_hook::set_once();
    if !app::locale::load(words) {
        wasm_bindgen::throw_str("These words are of another build.");
    }
    watch_for_traps();
    leptos::mount::hydrate_body(app::App);
}

/// Tells the user when the page is dead: after a trap nothing on it reacts any more. A panic ends in one as well, and so
/// this needs no panic hook, which the small build has not.
fn watch_for_traps() {
    let Some(window) = web_sys::window() else { return };
    let told = std::cell::Cell::new(false);
    let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if is_trap(&event) && !told.replace(true) {
            // Without a document there is nobody to tell.
            let _ = show_banner();
        }
    });
    for kind in ["error", "unhandledrejection"] {
        let _ = window.add_event_listener_with_callback(kind, on_error.as_ref().unchecked_ref());
    }
    // Listens as long as the page lives.
    on_error.forget();
}

/// Whether an error event tells of a WebAssembly trap: the error of `error`, or the reason of `unhandledrejection`.
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
    let (broke, reload) = app::locale::crash_words();
    link.set_text_content(Some(reload));
    banner.set_text_content(Some(&format!("{broke} ")));
    banner.append_child(&link).ok()?;
    body.append_child(&banner).ok()?;
    Some(())
}
