//! Management → People: those whom devices are enrolled for.

mod import;
mod row;

pub use import::ImportPage;

use crate::{
    api::{PersonDraft, people::list_people},
    around::title,
    components::{
        icon::{Icon, icon},
        list::ListUrl,
        pager::Noun,
        selection::{Choice, Chosen, Offer},
        states::empty,
        table::{Table, heading, table},
        toolbar::{Chip, Chips, SearchBox, export_link},
    },
    dialogs::{Bulk, Dialog, Dialogs, Work},
    erase::Erase as _,
    live::LiveIndicator,
    loaded::{Loaded, Source, live_view},
    queries::{FromParams as _, SEARCH},
    say,
    views::PersonLine,
};
use domain::{
    list::{Page, PersonQuery, bulk::PeopleSelection},
    types::ids::PersonId,
};
use leptos::prelude::*;
use leptos_meta::Title;
use uuid::Uuid;

/// The page.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let url = ListUrl::new("/people");
    let source = Source {
        query: url.params(),
        fetch: |params| list_people(PersonQuery::from_params(params)),
        concerns: |_, _| true,
        render: rows,
        is_quiet: false,
    };
    view! {
        <Title text=title(say::people())/>
        <header class="page-head">
            <h1 tabindex="-1">{say::people()}</h1>
            <LiveIndicator/>
            <AddButton/>
        </header>
        <div class="toolbar">
            <SearchBox url=url placeholder=say::search_people()/>
            <a class="button" href="/people/import">{say::import_from_file()}</a>
            {export_link(url)}
        </div>
        <Chips url=url chips=Signal::derive(move || chips(url))/>
        {live_view(source)}
    }
    .erase()
}

#[component]
fn AddButton() -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    let add = move |_| {
        dialogs.open(Dialog::Person { id: None, draft: PersonDraft::default(), resend: None });
    };
    let invite = move |_| dialogs.open(Dialog::Invite { lines: String::new(), send: true });
    view! {
        <div class="page-actions">
            <button type="button" class="button" on:click=add>{icon(Icon::Plus)} {say::add_person()}</button>
            <button type="button" class="button" data-kind="primary" on:click=invite>{icon(Icon::Mail)} {say::invite_people()}</button>
        </div>
    }
}

fn chips(url: ListUrl) -> Vec<Chip> {
    let search = url.get(SEARCH).map(|value| Chip { key: SEARCH, label: say::search(), value });
    search.into_iter().collect()
}

fn rows(loaded: Loaded<Page<PersonLine>>) -> AnyView {
    let url = ListUrl::new("/people");
    let parts = Table {
        url,
        label: say::people(),
        caption: say::people_caption(),
        class: "people",
        headings: [say::name(), say::invitation(), say::devices(), say::language(), say::added()].map(heading).into(),
        noun: Noun { exact: |count| say::count_people(count), more: |count| say::more_people(count) },
        none,
        selection: Some((Choice::new(url), vec![invite_many(url)])),
    };
    table(loaded, parts, row::row)
}

/// Invites the people who are chosen.
fn invite_many(url: ListUrl) -> Offer {
    let dialogs = expect_context::<Dialogs>();
    let open = move |chosen: Chosen| {
        let number = chosen.len();
        let people = match chosen {
            Chosen::Rows(rows) => {
                PeopleSelection::People(rows.into_iter().map(|key| PersonId(Uuid::from_u128(key))).collect())
            }
            Chosen::Matching(_) => PeopleSelection::Matching(url.params().with_untracked(PersonQuery::from_params)),
        };
        dialogs.open(Dialog::Bulk(Bulk { work: Work::Invite(people), number }));
    };
    (say::invite_many(), Icon::Mail, Callback::new(open))
}

fn none(url: ListUrl) -> AnyView {
    if chips(url).is_empty() {
        let action = view! { <AddButton/> };
        empty(say::nobody_here(), say::nobody_here_text(), action.erase())
    } else {
        let action = view! { <button type="button" class="button" on:click=move |_| url.set(&[(SEARCH, None)], false)>{say::clear_search()}</button> };
        empty(say::nobody_matches(), say::nobody_matches_text(), action.erase())
    }
}
