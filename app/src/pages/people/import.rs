//! Management → People → Import: a file of people, what it would do, and how far its import is. The server draws it, see
//! `crate::import`; here stands what has to live.

use crate::{
    api::people::import_page,
    around::title,
    components::list::ListUrl,
    erase::{Erase as _, dynamic},
    live::LiveIndicator,
    loaded::{Loaded, Source, live_view},
    say,
    views::ImportView,
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let source = Source {
        query: ListUrl::new("/people/import").params(),
        fetch: |params| import_page(["show", "page", "failed"].map(|key| params.get(key).unwrap_or_default())),
        // An import is told about without a person.
        concerns: |_, change| change.person_id.is_none(),
        render: parts,
        is_quiet: false,
    };
    view! {
        <Title text=title(say::import_people())/>
        <header class="page-head"><h1 tabindex="-1">{say::import_people()}</h1><LiveIndicator/></header>
        {live_view(source)}
    }
    .erase()
}

fn parts(loaded: Loaded<ImportView>) -> AnyView {
    let view = move || loaded.data.get().unwrap_or_default();
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
