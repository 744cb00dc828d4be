//! Management → Invitations: every invitation, and its credentials.

mod row;

use super::devices::InviteButton;
use crate::{
    components::{
        list::{
            pager::Noun,
            selection::{RowSelection, SelectedRows, SelectionAction},
            table::{Table, heading, table},
            toolbar::{Chip, Chips, FilterSelect, SearchBox, export_link},
        },
        live_indicator::LiveIndicator,
        live_query_view::live_query_view,
        states::empty,
    },
    data::{
        api::invitations::list_invitations,
        list_query::{FromParams as _, SEARCH, SORT, STATE},
        list_url::ListUrl,
        live_query::{LiveData, LiveQuery},
    },
    dialogs::{Bulk, Dialog, Dialogs},
    drawing::{erasure::IntoErased as _, icon::Icon},
    text::{self, Text as _, page_title},
    wire::{BulkRequest, InvitationView},
};
use domain::{
    list::{
        InvitationFilter, InvitationQuery, InvitationSort, Page,
        bulk::{InvitationAction, InvitationSelection},
    },
    types::ids::InvitationId,
};
use leptos::prelude::*;
use leptos_meta::Title;
use std::str::FromStr;
use uuid::Uuid;

/// The page.
#[component]
pub fn InvitationsPage() -> impl IntoView {
    let url = ListUrl::new("/invitations");
    let query = LiveQuery {
        params: url.params(),
        fetch: |params| list_invitations(InvitationQuery::from_params(params)),
        affects: |page: &Page<InvitationView>, change| {
            change.in_list(|| page.rows.iter().any(|row| Some(row.id) == change.invitation_id))
        },
        render: rows,
        is_quiet: false,
    };
    let states = InvitationFilter::ALL.iter().map(|state| (state.as_str(), state.text())).collect();
    view! {
        <Title text=page_title(text::invitations())/>
        <header class="page-head">
            <h1 tabindex="-1">{text::invitations()}</h1>
            <LiveIndicator/>
            <InviteButton/>
        </header>
        <div class="toolbar">
            <SearchBox url=url placeholder=text::search_people()/>
            <FilterSelect url=url key=STATE label=text::state() none=text::any_state() options=states/>
            <FilterSelect url=url key=SORT label=text::order() none=InvitationSort::Newest.text()
                options=vec![(InvitationSort::Oldest.as_str(), InvitationSort::Oldest.text())]/>
            {export_link(url)}
        </div>
        <Chips url=url chips=Signal::derive(move || chips(url))/>
        {live_query_view(query)}
    }
    .into_erased()
}

fn chips(url: ListUrl) -> Vec<Chip> {
    let state = url.get(STATE).and_then(|word| InvitationFilter::from_str(&word).ok());
    let search = url.get(SEARCH).map(|value| Chip { key: SEARCH, label: text::search(), value });
    let state = state.map(|state| Chip { key: STATE, label: text::state(), value: state.text().to_owned() });
    search.into_iter().chain(state).collect()
}

fn rows(live: LiveData<Page<InvitationView>>) -> AnyView {
    let url = ListUrl::new("/invitations");
    let parts = Table {
        url,
        label: text::invitations(),
        caption: text::invitations_caption(),
        class: "invitations",
        headings: [text::person(), text::state(), text::sent(), text::opened(), text::devices(), text::ends()]
            .map(heading)
            .into(),
        noun: Noun { exact: |count| text::count_invitations(count), more: |count| text::more_invitations(count) },
        none,
        selection: Some((RowSelection::new(url), selection_actions(url))),
    };
    table(live, parts, row::row)
}

/// What can be done to selected invitations.
fn selection_actions(url: ListUrl) -> Vec<SelectionAction> {
    let dialogs = expect_context::<Dialogs>();
    let action = |symbol, verb: InvitationAction| -> SelectionAction {
        let open = move |selected: SelectedRows| {
            let number = selected.len();
            let invitations = match selected {
                SelectedRows::Rows(rows) => InvitationSelection::Invitations(
                    rows.into_iter().map(|key| InvitationId(Uuid::from_u128(key))).collect(),
                ),
                SelectedRows::Matching(_) => {
                    InvitationSelection::Matching(url.params().with_untracked(InvitationQuery::from_params))
                }
            };
            dialogs.open(Dialog::Bulk(Bulk { request: BulkRequest::Invitations(verb, invitations), number }));
        };
        (verb.text(), symbol, Callback::new(open))
    };
    vec![
        action(Icon::Mail, InvitationAction::Resend),
        action(Icon::Refresh, InvitationAction::Renew),
        action(Icon::Cross, InvitationAction::Deactivate),
    ]
}

fn none(url: ListUrl) -> AnyView {
    if chips(url).is_empty() {
        let action = view! { <InviteButton/> };
        empty(text::no_invitations(), text::no_invitations_text(), action.into_erased())
    } else {
        let clear = move |_| url.set(&[(SEARCH, None), (STATE, None)], false);
        let action = view! { <button type="button" class="button" on:click=clear>{text::clear_all_filters()}</button> };
        empty(text::nothing_matches(), text::no_match_invitations(), action.into_erased())
    }
}
