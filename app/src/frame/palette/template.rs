//! The entries of the palette, in the language of the page, and its script. Only in the server.

use super::{ADD_PERSON, INVITE};
use crate::{
    data::list_query::{ATTENTION, SEARCH},
    drawing::icon::{Icon, icon},
    text::{self, FIRST_VIEW, Text as _},
};
use domain::slot::attention::Cause;
use leptos::prelude::*;

/// Where the script is served.
pub const PATH: &str = "/palette.js";
/// The script.
pub const SCRIPT: &str = include_str!("palette.js");

/// An entry.
struct Entry {
    /// Its label.
    label: String,
    /// What it does: the name and the value of a data attribute that the script knows.
    act: (&'static str, String),
    /// Its shortcut.
    keys: &'static str,
}

/// The palette, for the script to copy. Browsers do not show an element `<template>`.
pub fn template() -> AnyView {
    let options: Vec<_> = entries().into_iter().enumerate().map(|(at, entry)| option(at, entry)).collect();
    view! {
        <template id="palette-template">
            <dialog class="dialog" aria-labelledby="palette-title">
                <header class="dialog-head">
                    <h2 id="palette-title">{text::palette()}</h2>
                    <button type="button" class="icon-button" aria-label=text::close() data-close="">{icon(Icon::Close)}</button>
                </header>
                <div class="dialog-body palette">
                    <input class="input" type="text" role="combobox" aria-expanded="true" aria-controls="palette" aria-autocomplete="list"
                        aria-label=text::palette_label() placeholder=text::palette_label() autofocus=true autocomplete="off" spellcheck="false"/>
                    <ul id="palette" role="listbox" aria-label=text::palette()>{options}</ul>
                    <p class="hint" role="status" data-none="" hidden=true>{text::nothing_matches()}</p>
                </div>
            </dialog>
        </template>
    }
    .into_any()
}

fn option(at: usize, Entry { label, act: (name, value), keys }: Entry) -> AnyView {
    let attribute = |other: &str| (name == other).then(|| value.clone());
    let shown_keys = (!keys.is_empty()).then(|| view! { <kbd>{keys}</kbd> });
    view! {
        <li id=format!("palette-{at}") role="option" aria-selected="false" data-keys=(!keys.is_empty()).then_some(keys)
            data-go=attribute("go") data-search=attribute("search") data-open=attribute("open") data-theme=attribute("theme")>
            <span>{label}</span>
            {shown_keys}
        </li>
    }
    .into_any()
}

fn entries() -> Vec<Entry> {
    let entry =
        |label: &str, name, value: &str| Entry { label: label.to_owned(), act: (name, value.to_owned()), keys: "" };
    let place = |label: &str, path: &str, keys| Entry { keys, ..entry(label, "go", path) };
    let mut entries = vec![
        place(text::mobile_devices(), "/devices", "g d"),
        place(text::invitations(), "/invitations", "g i"),
        place(text::people(), "/people", "g p"),
        place(text::settings(), "/settings", "g s"),
        entry(text::invite_people(), "open", INVITE),
        entry(text::add_a_person(), "open", ADD_PERSON),
    ];
    let attention = |cause: &Cause| {
        let url = format!("/devices?{ATTENTION}={}", cause.as_str());
        entry(&text::palette_attention(cause.text()), "go", &url)
    };
    entries.extend(Cause::ALL.iter().map(attention));
    let themes = [("light", text::theme_light()), ("dark", text::theme_dark()), ("system", text::theme_system())];
    entries.extend(themes.map(|(theme, label)| entry(&text::palette_theme(label), "theme", theme)));
    // The script replaces the placeholder by what was typed.
    let searches = [
        ("devices", text::palette_search_devices(FIRST_VIEW)),
        ("people", text::palette_search_people(FIRST_VIEW)),
        ("invitations", text::palette_search_invitations(FIRST_VIEW)),
    ];
    entries.extend(searches.map(|(list, label)| entry(&label, "search", &format!("/{list}?{SEARCH}="))));
    entries
}
