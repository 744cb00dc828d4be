//! The frame that all landing pages share, and how a view becomes a document.

use super::{
    LandingQuery,
    asset::{script_path, stylesheet_path},
};
use i18n::Language;
use leptos::prelude::*;

/// Seconds after which a page without JavaScript reloads to show the current status.
const REFRESH_S: &str = "10";

/// What the frame of a page needs to know.
pub(super) struct Frame<'a> {
    /// Title of the document. Never contains text from a person or a device.
    pub title: String,
    /// Who invites, next to the program's name; empty on pages that say nothing about it.
    pub inviter: &'a str,
    /// Whether the page follows the device's progress: by its script, or else by reloading.
    pub is_live: bool,
    /// The page's language.
    pub language: Language,
    /// The query of the page, which links to other languages keep.
    pub query: LandingQuery,
}

/// The whole HTML document. `content` is the inside of its `<main>`.
pub(super) fn document(frame: &Frame<'_>, content: impl FnOnce() -> AnyView) -> String {
    // Views may need a reactive owner. This one ends with the page.
    let owner = Owner::new();
    let html = owner.with(|| page(frame, content()).to_html());
    format!("<!DOCTYPE html>{html}")
}

fn page(frame: &Frame<'_>, content: AnyView) -> impl IntoView + use<> {
    let inviter = (!frame.inviter.is_empty()).then(|| frame.inviter.to_owned());
    let language = frame.language;
    view! {
        <html lang=language.tag()>
            <head>
                <meta charset="utf-8"/>
                <title>{frame.title.clone()}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="robots" content="noindex, nofollow"/>
                <meta name="referrer" content="no-referrer"/>
                <meta name="color-scheme" content="light dark"/>
                // The numbers in the page are PINs, and no telephone numbers.
                <meta name="format-detection" content="telephone=no"/>
                <link rel="icon" href=ICON/>
                <link rel="stylesheet" href=stylesheet_path()/>
                <script src=script_path() defer></script>
                {frame.is_live.then(refresh)}
            </head>
            <body>
                <header class="top">
                    {mark()}
                    <span class="brand">"Rollcall"</span>
                    {inviter.map(|inviter| view! { <bdi class="inviter" translate="no">{inviter}</bdi> })}
                </header>
                <main>{content}</main>
                {language_switch(language, frame.query)}
            </body>
        </html>
    }
}

/// Links to the same page in the other languages, each by its own name. They keep path and query.
fn language_switch(current: Language, query: LandingQuery) -> impl IntoView {
    let others = Language::ALL.iter().map(|language| {
        let is_current = (*language == current).then_some("true");
        let tag = language.tag();
        view! {
            <a href=query.in_language(*language) lang=tag hreflang=tag aria-current=is_current>{language.own_name()}</a>
        }
    });
    view! { <footer><nav class="languages" aria-label=current.text("language-switch")>{others.collect_view()}</nav></footer> }
}

/// Reloads the page for browsers without JavaScript. The content of `<noscript>` is not escaped: fixed text only.
fn refresh() -> impl IntoView {
    view! { <noscript><meta http-equiv="refresh" content=REFRESH_S/></noscript> }
}

/// The page's icon: a tick on the accent colour, small enough to need no request.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' \
    height='32' rx='8' fill='%234453d4'/%3E%3Cpath d='m9 16.5 5 5 9.5-11' fill='none' stroke='%23fff' \
    stroke-width='3.5' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

fn mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
            <rect width="32" height="32" rx="8"></rect>
            <path d="m9 16.5 5 5 9.5-11"></path>
        </svg>
    }
}
