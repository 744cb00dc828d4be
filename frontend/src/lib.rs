//! The WebAssembly entry points of the console. `start.js` calls one of them, once for each instance.

use wasm_bindgen::{JsCast as _, UnwrapThrowExt as _, prelude::wasm_bindgen};
use web_sys::HtmlElement;

/// The element that the console is in.
const ROOT: &str = "console";

/// Hydrates the console: attaches it to the page that the server rendered. `phrases` is the content of the phrasebook
/// file that the page names.
#[wasm_bindgen]
pub fn hydrate(phrases: String) {
    leptos::mount::hydrate_from(begin(phrases), app::App).forget();
}

/// Draws the console into an empty element, after the page was changed by something else and hydration trapped.
#[wasm_bindgen]
pub fn draw(phrases: String) {
    leptos::mount::mount_to(begin(phrases), app::App).forget();
}

fn begin(phrases: String) -> HtmlElement {
    // Writes the message of a panic to the browser's console.
    console_error_panic_hook::set_once();
    if !app::locale::load(phrases) {
        wasm_bindgen::throw_str("These phrases belong to another build.");
    }
    let document = web_sys::window().and_then(|window| window.document());
    let root = document.and_then(|document| document.get_element_by_id(ROOT)?.dyn_into().ok());
    root.expect_throw("This page has no element for the console.")
}
