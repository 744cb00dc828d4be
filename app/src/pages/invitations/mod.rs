//! Management → Invitations: every invitation, newest first, and its credentials.

mod row;

use super::devices::InviteButton;
use crate::{
    api::invitations::list_invitations,
    components::{
        list::ListUrl,
        states::empty,
        table::{Table, heading, table},
        toolbar::{Chip, Chips, FilterSelect, SearchBox},
    },
    erase::Erase as _,
    live::LiveIndicator,
    loaded::{Loaded, Source, live_view},
    queries::{FromParams as _, SEARCH, STATE},
    views::InvitationLine,
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
    let states = InvitationFilter::ALL.iter().map(|state| (state.as_str(), state.label())).collect();
    view! {
        <Title text="Invitations · Rollcall"/>
        <header class="page-head">
            <h1 tabindex="-1">"Invitations"</h1>
            <LiveIndicator/>
            <InviteButton/>
        </header>
        <div class="toolbar">
            <SearchBox url=url placeholder="Search name or email"/>
            <FilterSelect url=url key=STATE label="State" none="Any state" options=states/>
        </div>
        <Chips url=url chips=Signal::derive(move || chips(url))/>
        {live_view(source)}
    }
    .erase()
}

fn chips(url: ListUrl) -> Vec<Chip> {
    let state = url.get(STATE).and_then(|word| InvitationFilter::from_str(&word).ok());
    let search = url.get(SEARCH).map(|value| Chip { key: SEARCH, label: "Search", value });
    let state = state.map(|state| Chip { key: STATE, label: "State", value: state.label().to_owned() });
    search.into_iter().chain(state).collect()
}

fn rows(loaded: Loaded<Page<InvitationLine>>) -> AnyView {
    let parts = Table {
        url: ListUrl::new("/invitations"),
        label: "Invitations",
        caption: "Invitations, newest first",
        class: "invitations",
        headings: ["Person", "State", "Sent", "Opened", "Devices", "Ends"].map(heading).into(),
        noun: ("invitation", "invitations"),
        none,
        selection: None,
    };
    table(loaded, parts, row::row)
}

fn none(url: ListUrl) -> AnyView {
    if chips(url).is_empty() {
        let action = view! { <InviteButton/> };
        empty(
            "No invitations yet",
            "An invitation lets one person enroll any number of devices, until it is deactivated.",
            action.erase(),
        )
    } else {
        let clear = move |_| url.set(&[(SEARCH, None), (STATE, None)], false);
        let action = view! { <button type="button" class="button" on:click=clear>"Clear all filters"</button> };
        empty("Nothing matches", "No invitation fits the search and the filter.", action.erase())
    }
}
