//! Management → Invitations: every invitation, newest first, and its credentials.

mod row;

use super::devices::InviteButton;
use crate::{
    api::invitations::list_invitations,
    around::title,
    components::{
        list::ListUrl,
        pager::Noun,
        states::empty,
        table::{Table, heading, table},
        toolbar::{Chip, Chips, FilterSelect, SearchBox},
    },
    erase::Erase as _,
    live::LiveIndicator,
    loaded::{Loaded, Source, live_view},
    queries::{FromParams as _, SEARCH, STATE},
    say,
    views::InvitationLine,
    words::Words as _,
};
use domain::list::{InvitationFilter, InvitationQuery, Page};
use leptos::prelude::*;
use leptos_meta::Title;
use std::str::FromStr;

/// The page.
#[component]
pub fn InvitationsPage() -> impl IntoView {
    let url = ListUrl::new("/invitations");
    let source = Source {
        query: url.params(),
        fetch: |params| list_invitations(InvitationQuery::from_params(params)),
        concerns: |_, _| true,
        render: rows,
        is_quiet: false,
    };
    let states = InvitationFilter::ALL.iter().map(|state| (state.as_str(), state.words())).collect();
    view! {
        <Title text=title(say::invitations())/>
        <header class="page-head">
            <h1 tabindex="-1">{say::invitations()}</h1>
            <LiveIndicator/>
            <InviteButton/>
        </header>
        <div class="toolbar">
            <SearchBox url=url placeholder=say::search_people()/>
            <FilterSelect url=url key=STATE label=say::state() none=say::any_state() options=states/>
        </div>
        <Chips url=url chips=Signal::derive(move || chips(url))/>
        {live_view(source)}
    }
    .erase()
}

fn chips(url: ListUrl) -> Vec<Chip> {
    let state = url.get(STATE).and_then(|word| InvitationFilter::from_str(&word).ok());
    let search = url.get(SEARCH).map(|value| Chip { key: SEARCH, label: say::search(), value });
    let state = state.map(|state| Chip { key: STATE, label: say::state(), value: state.words().to_owned() });
    search.into_iter().chain(state).collect()
}

fn rows(loaded: Loaded<Page<InvitationLine>>) -> AnyView {
    let parts = Table {
        url: ListUrl::new("/invitations"),
        label: say::invitations(),
        caption: say::invitations_caption(),
        class: "invitations",
        headings: [say::person(), say::state(), say::sent(), say::opened(), say::devices(), say::ends()]
            .map(heading)
            .into(),
        noun: Noun { exact: |count| say::count_invitations(count), more: |count| say::more_invitations(count) },
        none,
        selection: None,
    };
    table(loaded, parts, row::row)
}

fn none(url: ListUrl) -> AnyView {
    if chips(url).is_empty() {
        let action = view! { <InviteButton/> };
        empty(say::no_invitations(), say::no_invitations_text(), action.erase())
    } else {
        let clear = move |_| url.set(&[(SEARCH, None), (STATE, None)], false);
        let action = view! { <button type="button" class="button" on:click=clear>{say::clear_all_filters()}</button> };
        empty(say::nothing_matches(), say::no_match_invitations(), action.erase())
    }
}
