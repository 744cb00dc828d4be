//! Management → Invitations: every invitation, newest first, and its credentials.

mod row;

use super::devices::InviteButton;
use crate::{
    api::invitations::list_invitations,
    components::{
        list::ListUrl,
        pager::{Ends, Pager},
        states::{Empty, StaleBar},
        toolbar::{Chip, Chips, FilterSelect, SearchBox},
    },
    live::LiveIndicator,
    loaded::{Loaded, Source, live_view},
    queries::{SEARCH, STATE},
};
use domain::{
    list::{InvitationFilter, Page},
    views::InvitationRow,
};
use leptos::prelude::*;
use leptos_meta::Title;
use std::str::FromStr;

/// The page.
#[component]
pub fn InvitationsPage() -> impl IntoView {
    let url = ListUrl::new("/invitations");
    let source = Source {
        query: url.query(),
        fetch: list_invitations,
        concerns: |_: &Page<InvitationRow>, _| true,
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
        {live_view(source, table)}
    }
    .into_any()
}

fn chips(url: ListUrl) -> Vec<Chip> {
    let state = url.get(STATE).and_then(|word| InvitationFilter::from_str(&word).ok());
    let search = url.get(SEARCH).map(|value| Chip { key: SEARCH, label: "Search", value });
    let state = state.map(|state| Chip { key: STATE, label: "State", value: state.label().to_owned() });
    search.into_iter().chain(state).collect()
}

fn table(loaded: Loaded<Page<InvitationRow>>) -> AnyView {
    let url = ListUrl::new("/invitations");
    let ids = Memo::new(move |_| {
        loaded.data.with(|page| page.iter().flat_map(|page| &page.rows).map(|row| row.invitation.id).collect::<Vec<_>>())
    });
    let ends = Memo::new(move |_| loaded.data.with(|page| page.as_ref().map(Ends::from).unwrap_or_default()));
    let is_empty = Memo::new(move |_| ids.with(Vec::is_empty));
    let body = move || {
        if is_empty.get() {
            return none(url);
        }
        view! {
            <div class="scroll" role="region" aria-label="Invitations" tabindex="0">
                <table class="table invitations" role="table" aria-busy=move || loaded.loading.get().to_string()>
                    <caption class="visually-hidden">"Invitations, newest first"</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th scope="col" role="columnheader">"Person"</th>
                            <th scope="col" role="columnheader">"State"</th>
                            <th scope="col" role="columnheader">"Sent"</th>
                            <th scope="col" role="columnheader">"Opened"</th>
                            <th scope="col" role="columnheader">"Devices"</th>
                            <th scope="col" role="columnheader">"Ends"</th>
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
        <Pager url=url ends=ends.into() noun=("invitation", "invitations")/>
    }
    .into_any()
}

fn none(url: ListUrl) -> AnyView {
    if chips(url).is_empty() {
        view! {
            <Empty title="No invitations yet" text="An invitation lets one person enroll any number of devices, until it is deactivated.">
                <InviteButton/>
            </Empty>
        }
        .into_any()
    } else {
        let clear = move |_| url.set(&[(SEARCH, None), (STATE, None)], false);
        view! {
            <Empty title="Nothing matches" text="No invitation fits the search and the filter.">
                <button type="button" class="button" on:click=clear>"Clear all filters"</button>
            </Empty>
        }
        .into_any()
    }
}
