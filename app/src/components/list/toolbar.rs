//! Above a list: search, filters, and the active filters as chips.

use crate::{
    data::{list_query::SEARCH, list_url::ListUrl},
    drawing::{
        erasure::{IntoErased as _, reactive},
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

/// How long after the last keystroke a search begins, in milliseconds.
const DEBOUNCE_MS: u64 = 250;

/// A link to the list as a file, filtered and sorted as it is shown.
pub fn export_link(url: ListUrl) -> AnyView {
    view! { <a class="button" href=move || url.export() rel="external" download="">{text::export_list()}</a> }
        .into_erased()
}

/// A search field. It searches while the user types.
#[component]
pub fn SearchBox(
    /// The list.
    url: ListUrl,
    /// What can be searched.
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
    // Back, forward and "Clear all" change the URL, but not the field.
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

/// A choice of one value of a URL parameter.
#[component]
pub fn FilterSelect(
    /// The list.
    url: ListUrl,
    /// The parameter.
    key: &'static str,
    /// Its label.
    label: &'static str,
    /// The label of the choice that removes the parameter.
    none: &'static str,
    /// The values with their labels.
    options: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let is_selected = move |value: &str| url.get(key).unwrap_or_default() == value;
    let changed = move |event: Targeted<Event, HtmlSelectElement>| {
        url.set(&[(key, Some(event.target().value()))], false);
    };
    view! {
        <select class="select" aria-label=label on:change:target=changed>
            {std::iter::once(("", none)).chain(options).map(|(value, text)| view! {
                <option value=value selected=move || is_selected(value) prop:selected=move || is_selected(value)>{text}</option>
            }).collect_view()}
        </select>
    }
}

/// An active filter.
#[derive(Clone, PartialEq, Eq)]
pub struct Chip {
    /// The URL parameter.
    pub key: &'static str,
    /// The label of the filter.
    pub label: &'static str,
    /// The text of its value.
    pub value: String,
}

/// The active filters, each with a way to remove it.
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
    reactive(all)
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
