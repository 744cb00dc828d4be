//! Above a list: search, filters and what is filtered by.

use crate::{
    data::{list_query::SEARCH, list_url::ListUrl},
    drawing::{
        erasure::{Erase as _, dynamic},
        icon::{Icon, icon},
    },
    text,
};
use domain::list::SEARCH_MAX;
use leptos::{
    ev::{Event, Targeted},
    prelude::*,
};
use std::time::Duration;
use web_sys::{HtmlInputElement, HtmlSelectElement};

/// Pause after the last key before a search begins, in milliseconds.
const DEBOUNCE_MS: u64 = 250;

/// Leads to the list as a file, filtered and sorted as it is shown.
pub fn export_link(url: ListUrl) -> AnyView {
    view! { <a class="button" href=move || url.export() rel="external" download="">{text::export_list()}</a> }.erase()
}

/// A field that searches while one types.
#[component]
pub fn SearchBox(
    /// The list.
    url: ListUrl,
    /// What is searched.
    placeholder: &'static str,
) -> impl IntoView {
    let text = RwSignal::new(untrack(|| url.get(SEARCH)).unwrap_or_default());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let search = move || {
        let wanted = text.try_get_untracked().map(|text| text.trim().to_owned());
        if wanted.is_some() && wanted.clone().filter(|wanted| !wanted.is_empty()) != untrack(|| url.get(SEARCH)) {
            url.set(&[(SEARCH, wanted)], true);
        }
    };
    let typed = move |event: Targeted<Event, HtmlInputElement>| {
        text.set(event.target().value());
        let handle = set_timeout_with_handle(search, Duration::from_millis(DEBOUNCE_MS)).ok();
        if let Some(Some(earlier)) = timer.try_update_value(|timer| std::mem::replace(timer, handle)) {
            earlier.clear();
        }
    };
    // Back, forward and "Clear all" change the URL without the field.
    Effect::watch(
        move || url.get(SEARCH).unwrap_or_default(),
        move |now, _, _| {
            if text.get_untracked().trim() != now {
                text.set(now.clone());
            }
        },
        false,
    );
    view! {
        <form class="search" role="search" on:submit=move |event| { event.prevent_default(); search(); }>
            {icon(Icon::Search)}
            <input class="input" type="search" name=SEARCH aria-label=placeholder placeholder=placeholder maxlength=SEARCH_MAX.to_string()
                autocomplete="off" spellcheck="false" prop:value=text value=text.get_untracked() on:input:target=typed/>
        </form>
    }
}

/// A choice of one value of a parameter.
#[component]
pub fn FilterSelect(
    /// The list.
    url: ListUrl,
    /// The parameter.
    key: &'static str,
    /// Names it.
    label: &'static str,
    /// The choice that removes the parameter.
    none: &'static str,
    /// The values with their words.
    options: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let is_chosen = move |value: &str| url.get(key).unwrap_or_default() == value;
    let chosen = move |event: Targeted<Event, HtmlSelectElement>| {
        url.set(&[(key, Some(event.target().value()))], false);
    };
    view! {
        <select class="select" aria-label=label on:change:target=chosen>
            {std::iter::once(("", none)).chain(options).map(|(value, words)| view! {
                <option value=value selected=move || is_chosen(value) prop:selected=move || is_chosen(value)>{words}</option>
            }).collect_view()}
        </select>
    }
}

/// A filter that is on, in words.
#[derive(Clone, PartialEq, Eq)]
pub struct Chip {
    /// The parameter that it comes from.
    pub key: &'static str,
    /// What is filtered.
    pub label: &'static str,
    /// By what.
    pub value: String,
}

/// The filters that are on, each of which can be taken away.
#[component]
pub fn Chips(
    /// The list.
    url: ListUrl,
    /// The filters.
    chips: Signal<Vec<Chip>>,
) -> impl IntoView {
    let all = move || {
        let chips = chips.get();
        let clear: Vec<_> = chips.iter().map(|chip| (chip.key, None)).collect();
        (!chips.is_empty()).then(|| view! {
            <div class="chips" role="group" aria-label=text::filters()>
                {chips.into_iter().map(|chip| one(url, chip)).collect_view()}
                <button type="button" class="link-button" on:click=move |_| url.set(&clear, false)>{text::clear_all()}</button>
            </div>
        })
    };
    dynamic(all)
}

fn one(url: ListUrl, chip: Chip) -> impl IntoView {
    let Chip { key, label, value } = chip;
    view! {
        <button type="button" class="chip" on:click=move |_| url.set(&[(key, None)], false)>
            <span class="visually-hidden">{text::remove_filter()} " "</span>
            <span>{label} ": " <bdi>{value}</bdi></span>
            {icon(Icon::Close)}
        </button>
    }
}
