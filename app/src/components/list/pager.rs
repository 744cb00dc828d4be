//! Below a list: how many rows there are, and the links to other pages.

use crate::{
    data::{
        list_query::{AFTER, BEFORE, SIZE},
        list_url::ListUrl,
    },
    drawing::{
        erasure::{IntoErased as _, reactive},
        icon::{Icon, icon},
    },
    text,
};
use domain::list::{Cursor, PAGE_SIZES, Page, page_size};
use leptos::prelude::*;

/// What the pager needs to know about a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageInfo {
    total: u64,
    total_is_exact: bool,
    next: Option<Cursor>,
    previous: Option<Cursor>,
}

impl PageInfo {
    /// How many rows match in all; `None` when there are too many to count.
    pub fn total(&self) -> Option<u64> {
        self.total_is_exact.then_some(self.total)
    }

    fn text(&self, noun: Noun) -> String {
        let text = if self.total_is_exact { noun.exact } else { noun.more };
        text(self.total)
    }
}

/// What the rows of a list are called.
#[derive(Clone, Copy, Debug)]
pub struct Noun {
    /// `12 rows`.
    pub exact: fn(u64) -> String,
    /// `10 000+ rows`.
    pub more: fn(u64) -> String,
}

impl<T> From<&Page<T>> for PageInfo {
    fn from(page: &Page<T>) -> Self {
        Self {
            total: page.total,
            total_is_exact: page.total_is_exact,
            next: page.next.clone(),
            previous: page.previous.clone(),
        }
    }
}

/// Total, page size, previous and next page.
#[component]
pub fn Pager(
    /// The list.
    url: ListUrl,
    /// The page that is shown.
    info: Signal<PageInfo>,
    /// What the rows are called.
    noun: Noun,
) -> impl IntoView {
    let size = move || page_size(url.get(SIZE).and_then(|size| size.parse().ok()));
    let resized = move |event: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlSelectElement>| {
        url.set(&[(SIZE, Some(event.target().value()))], false);
    };
    view! {
        <nav class="pager" aria-label=text::pages()>
            <span class="pager-total">{reactive(move || info.with(|info| info.text(noun)))}</span>
            <label class="pager-size">
                <span>{text::rows_per_page()}</span>
                <select class="select" aria-label=text::rows_per_page() on:change:target=resized>
                    {PAGE_SIZES.map(|option| view! {
                        <option value=option.to_string() selected=move || size() == option prop:selected=move || size() == option>{option}</option>
                    })}
                </select>
            </label>
            <span class="pager-steps">
                {reactive(move || step(url, BEFORE, info.get().previous, view! { {icon(Icon::Back)} {text::previous()} }.into_erased()))}
                {reactive(move || step(url, AFTER, info.get().next, view! { {text::next()} {icon(Icon::Forward)} }.into_erased()))}
            </span>
        </nav>
    }
}

fn step(url: ListUrl, key: &'static str, cursor: Option<Cursor>, label: AnyView) -> AnyView {
    match cursor {
        Some(cursor) => view! { <a class="button" href=url.href(&[(key, Some(cursor))])>{label}</a> }.into_erased(),
        None => view! { <span class="button" aria-disabled="true">{label}</span> }.into_erased(),
    }
}
