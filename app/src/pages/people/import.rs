//! Management → People → Import: a file of people, what it would do, and how far its import is. The server draws it, see
//! `crate::server::import`; here stands what has to live.

use crate::{
    components::{live_indicator::LiveIndicator, live_query_view::live_query_view},
    data::{
        api::people::import_page,
        list_url::ListUrl,
        live_query::{LiveData, LiveQuery},
    },
    drawing::erasure::{Erase as _, dynamic},
    text::{self, page_title},
    wire::ImportView,
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let query = LiveQuery {
        params: ListUrl::new("/people/import").params(),
        fetch: |params| import_page(["show", "page", "failed"].map(|key| params.get(key).unwrap_or_default())),
        // An import is told about without a person.
        is_affected: |_, change| change.person_id.is_none(),
        render: parts,
        is_quiet: false,
    };
    view! {
        <Title text=page_title(text::import_people())/>
        <header class="page-head"><h1 tabindex="-1">{text::import_people()}</h1><LiveIndicator/></header>
        {live_query_view(query)}
    }
    .erase()
}

fn parts(live: LiveData<ImportView>) -> AnyView {
    let view = move || live.data.get().unwrap_or_default();
    // Parts that did not change are not drawn again: they may hold the focus.
    let said = Memo::new(move |_| view().said);
    let form = Memo::new(move |_| view().form);
    let list = Memo::new(move |_| view().list);
    let progress = move || {
        view().progress.map(|(done, total, words)| {
            view! { <p class="progress"><progress max=total value=done aria-label=words.clone()></progress> {words}</p> }
                .erase()
        })
    };
    view! {
        <p class="said" role="status">{dynamic(move || said.get())}</p>
        {dynamic(progress)}
        <div class="import" inner_html=move || form.get()></div>
        <div inner_html=move || list.get()></div>
    }
    .erase()
}
