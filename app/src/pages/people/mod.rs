//! Management → People: those whom devices are enrolled for.

mod row;

use crate::{
    api::{PersonDraft, people::list_people},
    components::{
        icon::{Icon, icon},
        list::ListUrl,
        pager::{Ends, Pager},
        states::{Empty, StaleBar},
        toolbar::{Chip, Chips, SearchBox},
    },
    dialogs::{Dialog, Dialogs},
    live::LiveIndicator,
    loaded::{Loaded, Source, live_view},
    queries::SEARCH,
};
use domain::{list::Page, views::PersonRow};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let url = ListUrl::new("/people");
    let source = Source {
        query: url.query(),
        fetch: list_people,
        concerns: |_: &Page<PersonRow>, _| true,
    };
    view! {
        <Title text="People · Rollcall"/>
        <header class="page-head">
            <h1 tabindex="-1">"People"</h1>
            <LiveIndicator/>
            <AddButton/>
        </header>
        <div class="toolbar"><SearchBox url=url placeholder="Search name or email"/></div>
        <Chips url=url chips=Signal::derive(move || chips(url))/>
        {live_view(source, table)}
    }
    .into_any()
}

#[component]
fn AddButton() -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    let add = move |_| {
        dialogs.open(Dialog::Person {
            id: None,
            draft: PersonDraft::default(),
            resend: None,
        });
    };
    let invite = move |_| dialogs.open(Dialog::Invite { lines: String::new(), send: true });
    view! {
        <div class="page-actions">
            <button type="button" class="button" on:click=add>{icon(Icon::Plus)} "Add person"</button>
            <button type="button" class="button" data-kind="primary" on:click=invite>{icon(Icon::Mail)} "Invite people"</button>
        </div>
    }
}

fn chips(url: ListUrl) -> Vec<Chip> {
    let search = url.get(SEARCH).map(|value| Chip { key: SEARCH, label: "Search", value });
    search.into_iter().collect()
}

fn table(loaded: Loaded<Page<PersonRow>>) -> AnyView {
    let url = ListUrl::new("/people");
    let ids = Memo::new(move |_| {
        loaded.data.with(|page| page.iter().flat_map(|page| &page.rows).map(|row| row.id).collect::<Vec<_>>())
    });
    let ends = Memo::new(move |_| loaded.data.with(|page| page.as_ref().map(Ends::from).unwrap_or_default()));
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    let body = move || {
        if is_empty.get() {
            return none(url);
        }
        view! {
            <div class="scroll" role="region" aria-label="People" tabindex="0">
                <table class="table people" role="table" aria-busy=move || loaded.loading.get().to_string()>
                    <caption class="visually-hidden">"People, by name"</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th scope="col" role="columnheader">"Name"</th>
                            <th scope="col" role="columnheader">"Invitation"</th>
                            <th scope="col" role="columnheader">"Devices"</th>
                            <th scope="col" role="columnheader">"Language"</th>
                            <th scope="col" role="columnheader">"Added"</th>
                            <th scope="col" role="columnheader"><span class="visually-hidden">"Actions"</span></th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <For each=move || ids.get() key=|id| *id let:id>{row::row(id, loaded)}</For>
                    </tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <StaleBar error=loaded.error retry=loaded.refresh/>
        {body}
        <Pager url=url ends=ends.into() noun=("person", "people")/>
    }
    .into_any()
}

fn none(url: ListUrl) -> AnyView {
    if chips(url).is_empty() {
        view! {
            <Empty title="Nobody here yet" text="Add people one by one, or invite several at once: they are added as you invite them.">
                <AddButton/>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <Empty title="Nobody matches" text="No name or email contains what you search for.">
                <button type="button" class="button" on:click=move |_| url.set(&[(SEARCH, None)], false)>"Clear the search"</button>
            </Empty>
        }
        .into_any()
    }
}
