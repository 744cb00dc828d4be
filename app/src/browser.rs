//! What only a browser can do. Everything here is called from effects and event handlers, which never run in the
//! server.

use crate::text::locale::language;
use js_sys::{Date, Object, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

/// Milliseconds since the Unix epoch.
pub fn now_ms() -> f64 {
    Date::now()
}

/// A moment in the reader's language and time zone; `with_zone` names the zone.
pub fn local_time(ms: i64, with_zone: bool) -> String {
    let options = Object::new();
    let mut parts =
        vec![("year", "numeric"), ("month", "short"), ("day", "numeric"), ("hour", "2-digit"), ("minute", "2-digit")];
    if with_zone {
        parts.push(("timeZoneName", "short"));
    }
    for (key, value) in parts {
        // Setting a property of a plain object cannot fail.
        let _ = Reflect::set(&options, &key.into(), &value.into());
    }
    date(ms).to_locale_string(&locale(), &options).into()
}

/// The time of day in the reader's language and time zone.
pub fn local_clock(ms: i64) -> String {
    date(ms).to_locale_time_string(&locale()).into()
}

/// The language of the page, with the region of the browser's language where the language is the same. The region
/// decides how dates are written.
fn locale() -> String {
    let page = language().tag();
    let browsers = window().navigator().language();
    browsers.filter(|tag| tag.split('-').next() == Some(page)).unwrap_or_else(|| page.to_owned())
}

/// A moment as RFC 3339, in UTC.
#[cfg(not(feature = "ssr"))]
pub fn iso(ms: i64) -> String {
    date(ms).to_iso_string().into()
}

fn date(ms: i64) -> Date {
    #[expect(clippy::cast_precision_loss, reason = "moments until the year 9999 are far below 2^53 ms")]
    let ms = ms as f64;
    Date::new(&JsValue::from_f64(ms))
}

/// The end of a local day in a date field (`2026-01-31`), in milliseconds since the Unix epoch.
pub fn end_of_local_day(day: &str) -> Option<i64> {
    let ms = Date::new(&format!("{day}T23:59:59").into()).get_time();
    #[expect(clippy::cast_possible_truncation, reason = "a moment that Date can hold fits into an i64")]
    ms.is_finite().then_some(ms as i64)
}

/// Copies a text to the clipboard; false when the browser does not allow it.
pub async fn copy(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    // Undefined where the page is not served over https.
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Opens the browser's print dialog.
pub fn print() {
    // A browser that cannot print does nothing.
    let _ = window().print();
}

/// Moves the focus to the first element that matches; false when there is none.
pub fn focus(selector: &str) -> bool {
    let element = document().query_selector(selector).ok().flatten();
    element.and_then(|element| element.dyn_into::<HtmlElement>().ok()).is_some_and(|element| element.focus().is_ok())
}

/// Whether the element with the focus matches.
pub fn has_focus(selector: &str) -> bool {
    document().active_element().is_some_and(|element| element.matches(selector).unwrap_or(false))
}

/// Sets an attribute of `<html>`.
pub fn mark_document(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // The names are valid constants.
        let _ = root.set_attribute(name, value);
    }
}

/// A choice that was saved in a cookie.
pub fn remembered(name: &str) -> Option<String> {
    let cookies = document().dyn_into::<web_sys::HtmlDocument>().ok()?.cookie().ok()?;
    let mut cookies = cookies.split("; ").filter_map(|cookie| cookie.split_once('='));
    cookies.find(|(other, _)| *other == name).map(|(_, value)| value.to_owned())
}

/// Saves a choice in a cookie for a year.
pub fn remember(name: &str, value: &str) {
    if let Ok(document) = document().dyn_into::<web_sys::HtmlDocument>() {
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax");
        // Where cookies are disabled, the choice lasts until the page is left.
        let _ = document.set_cookie(&cookie);
    }
}

/// Sends an event to the scripts of the page.
pub fn dispatch(event: &str) {
    if let Ok(event) = web_sys::Event::new(event) {
        // It fails only for an event that is being sent.
        let _ = window().dispatch_event(&event);
    }
}
