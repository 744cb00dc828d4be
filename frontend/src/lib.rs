//! The WebAssembly entry point of the console.

use std::panic::PanicHookInfo;
use wasm_bindgen::prelude::wasm_bindgen;

/// Attaches the console to the page that the server rendered.
#[wasm_bindgen]
pub fn hydrate() {
    std::panic::set_hook(Box::new(on_panic));
    leptos::mount::hydrate_body(app::App);
}

/// Writes the panic to the browser's console, and tells the user that the page is dead: nothing on it reacts any more.
fn on_panic(info: &PanicHookInfo<'_>) {
    console_error_panic_hook::hook(info);
    // Without a document there is nobody to tell.
    let _ = show_banner();
}

fn show_banner() -> Option<()> {
    let document = web_sys::window()?.document()?;
    let body = document.query_selector("body").ok()??;
    let banner = document.create_element("div").ok()?;
    banner.set_class_name("crash");
    banner.set_attribute("role", "alert").ok()?;
    let link = document.create_element("a").ok()?;
    link.set_attribute("href", "").ok()?;
    link.set_text_content(Some("Reload"));
    banner.set_text_content(Some("Something broke. "));
    banner.append_child(&link).ok()?;
    body.append_child(&banner).ok()?;
    Some(())
}
