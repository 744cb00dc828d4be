//! Management → People: those for whom devices are enrolled.

mod import;
mod row;

pub use import::ImportPage;

use crate::{
    components::{
        list::{
            pager::Noun,
            selection::{RowSelection, SelectedRows, SelectionAction},
            table::{Table, heading, table},
            toolbar::{Chip, Chips, SearchBox, export_link},
        },
        live_indicator::LiveIndicator,
        live_query_view::live_query_view,
        states::empty,
    },
    data::{
        api::people::list_people,
        list_query::{FromParams as _, SEARCH},
        list_url::ListUrl,
        live_query::{LiveData, LiveQuery},
    },
    dialogs::{Bulk, Dialog, Dialogs},
    drawing::{
        erasure::IntoErased as _,
        icon::{Icon, icon},
    },
    text::{self, page_title},
    wire::{BulkRequest, PersonDraft, PersonView},
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
    let query = LiveQuery {
        params: url.params(),
        fetch: |params| list_people(PersonQuery::from_params(params)),
        affects: |page: &Page<PersonView>, change| {
            change.in_list(|| page.rows.iter().any(|row| Some(row.id) == change.person_id))
        },
        render: rows,
        is_quiet: false,
    };
    view! {
        <Title text=page_title(text::people())/>
        <header class="page-head">
            <h1 tabindex="-1">{text::people()}</h1>
            <LiveIndicator/>
            <AddButton/>
        </header>
        <div class="toolbar">
            <SearchBox url=url placeholder=text::search_people()/>
            <a class="button" href="/people/import">{text::import_from_file()}</a>
            {export_link(url)}
        </div>
        <Chips url=url chips=Signal::derive(move || chips(url))/>
        {live_query_view(query)}
    }
    .into_erased()
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
            <button type="button" class="button" on:click=add>{icon(Icon::Plus)} {text::add_person()}</button>
            <button type="button" class="button" data-kind="primary" on:click=invite>{icon(Icon::Mail)} {text::invite_people()}</button>
        </div>
    }
}

fn chips(url: ListUrl) -> Vec<Chip> {
    let search = url.get(SEARCH).map(|value| Chip { key: SEARCH, label: text::search(), value });
    search.into_iter().collect()
}

fn rows(live: LiveData<Page<PersonView>>) -> AnyView {
    let url = ListUrl::new("/people");
    let parts = Table {
        url,
        label: text::people(),
        caption: text::people_caption(),
        class: "people",
        headings: [text::name(), text::invitation(), text::devices(), text::language(), text::added()]
            .map(heading)
            .into(),
        noun: Noun { exact: |count| text::count_people(count), more: |count| text::more_people(count) },
        none,
        selection: Some((RowSelection::new(url), vec![invite_many(url)])),
    };
    table(live, parts, row::row)
}

/// Invites the selected people.
fn invite_many(url: ListUrl) -> SelectionAction {
    let dialogs = expect_context::<Dialogs>();
    let open = move |selected: SelectedRows| {
        let number = selected.len();
        let people = match selected {
            SelectedRows::Rows(rows) => {
                PeopleSelection::People(rows.into_iter().map(|key| PersonId(Uuid::from_u128(key))).collect())
            }
            SelectedRows::Matching(_) => {
                PeopleSelection::Matching(url.params().with_untracked(PersonQuery::from_params))
            }
        };
        dialogs.open(Dialog::Bulk(Bulk { request: BulkRequest::Invite(people), number }));
    };
    (text::invite_many(), Icon::Mail, Callback::new(open))
}

fn none(url: ListUrl) -> AnyView {
    if chips(url).is_empty() {
        let action = view! { <AddButton/> };
        empty(text::nobody_here(), text::nobody_here_text(), action.into_erased())
    } else {
        let action = view! { <button type="button" class="button" on:click=move |_| url.set(&[(SEARCH, None)], false)>{text::clear_search()}</button> };
        empty(text::nobody_matches(), text::nobody_matches_text(), action.into_erased())
    }
}
