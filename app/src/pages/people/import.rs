//! Management → People → Import: the preview of a file, and the progress of its import. The server draws it, see
//! `crate::server::import`. Here is what changes while the page is open.

use crate::{
    components::{live_indicator::LiveIndicator, live_query_view::live_query_view},
    data::{
        api::people::import_page,
        list_url::ListUrl,
        live_connection::{Affects, Reach},
        live_query::{LiveData, LiveQuery},
    },
    drawing::erasure::{IntoErased as _, reactive},
    text::{self, page_title},
    wire::DrawnPage,
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let query = LiveQuery {
        params: ListUrl::new("/people/import").params(),
        fetch: |params| import_page(["show", "page", "failed"].map(|key| params.get(key).unwrap_or_default())),
        affects: |_, change| if change.reach == Reach::Import { Affects::Shown } else { Affects::Nothing },
        render: parts,
        is_quiet: false,
    };
    view! {
        <Title text=page_title(text::import_people())/>
        <header class="page-head"><h1 tabindex="-1">{text::import_people()}</h1><LiveIndicator/></header>
        {live_query_view(query)}
    }
    .into_erased()
}

fn parts(live: LiveData<DrawnPage>) -> AnyView {
    let view = move || live.data.get().unwrap_or_default();
    // Parts that did not change are not drawn again: they may hold the focus.
    let status = Memo::new(move |_| view().status);
    let form = Memo::new(move |_| view().form);
    let list = Memo::new(move |_| view().list);
    let progress = move || {
        view().progress.map(|(done, total, text)| {
            view! { <p class="progress"><progress max=total value=done aria-label=text.clone()></progress> {text}</p> }
                .into_erased()
        })
    };
    view! {
        <p class="said" role="status">{reactive(move || status.get())}</p>
        {reactive(progress)}
        <div class="import" inner_html=move || form.get()></div>
        <div inner_html=move || list.get()></div>
    }
    .into_erased()
}
