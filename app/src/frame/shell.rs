//! The HTML document around the console. Only in the server.

use crate::{
    frame::{
        palette::template,
        root::App,
        scripts::{BACK, LIVE, PALETTE, START},
    },
    plain::sign_in::SHOW_PASSWORD,
    server::{assets::Assets, cookies::cookie_value},
    text::{
        self,
        locale::{language, phrasebook_file},
    },
};
use http::request::Parts;
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

/// The icon of the page, as a data URL.
const FAVICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%234253d6'/%3E%3Cpath d='M9 16.5l5 5 9.5-11' fill='none' stroke='%23fff' stroke-width='3.5' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

/// The whole document. Without [`Assets`] in the context, `options` says where the files are.
#[expect(clippy::needless_pass_by_value, reason = "the shape that leptos_axum calls")]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_else(|| Assets::from_hashes("", &options));
    let nonce = use_nonce();
    let language = language();
    let phrases = phrasebook_file(language).map(|file| file.path.as_str()).unwrap_or_default();
    let hydrates = !is_gate();
    let build = hydrates.then(|| assets.wasm.clone());
    view! {
        <!DOCTYPE html>
        <html lang=language.tag() data-theme=theme() data-build=build data-seq=journal_head()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex"/>
                <link rel="icon" href=FAVICON/>
                <link rel="stylesheet" href=assets.css/>
                {is_gate().then(|| view! { <script type="module" nonce=use_nonce()>{SHOW_PASSWORD}</script> })}
                {hydrates.then(|| view! {
                    <link rel="modulepreload" href=assets.js.clone() nonce=nonce.clone()/>
                    <link rel="preload" href=assets.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                    <link rel="preload" href=phrases r#as="fetch" r#type="text/plain" crossorigin="anonymous"/>
                    // In this order: `start.js` takes note of the listeners that are added after it.
                    <script type="module" src=PALETTE.url.as_str() nonce=nonce.clone()></script>
                    <script type="module" src=BACK.url.as_str() nonce=nonce.clone()></script>
                    <script type="module" src=LIVE.url.as_str() nonce=nonce.clone()></script>
                    <script type="module" src=START.url.as_str() nonce=nonce id="start" data-js=assets.js data-wasm=assets.wasm data-words=phrases></script>
                })}
                <MetaTags/>
            </head>
            <body>
                // Nothing else writes into this element, so that the browser finds it as the server left it.
                <div id="console"><App/></div>
                {hydrates.then(broken)}
                {hydrates.then(template)}
            </body>
        </html>
    }
}

/// What `start.js` shows when nothing on the page works any more.
fn broken() -> impl IntoView {
    view! { <div class="crash" id="broken" role="alert" hidden=true>{text::broke()} " " <a href="">{text::reload()}</a></div> }
}

/// The end of the journal when a page was asked for: what is later is not in the page. In the extensions of the request.
#[derive(Clone, Copy, Debug)]
pub struct JournalHead(pub i64);

fn journal_head() -> Option<String> {
    let parts = use_context::<Parts>()?;
    parts.extensions.get::<JournalHead>().map(|head| head.0.to_string())
}

/// How the paths of pages begin that the server draws alone and the browser does not hydrate.
const PLAIN: [&str; 4] = ["/sign-in", "/setup/", "/reset/", "/settings/password"];

/// Whether this is one of them.
fn is_gate() -> bool {
    use_context::<Parts>().is_some_and(|parts| PLAIN.iter().any(|start| parts.uri.path().starts_with(start)))
}

/// The theme that was chosen in this browser, so that the first paint has it: `light`, `dark` or `system`.
fn theme() -> &'static str {
    let parts = use_context::<Parts>();
    match parts.as_ref().and_then(|parts| cookie_value(&parts.headers, "theme")) {
        Some("light") => "light",
        Some("dark") => "dark",
        _ => "system",
    }
}
