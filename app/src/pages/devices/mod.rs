//! Management → Mobile devices: every invitation that waits for a device, and every device.

mod attention;
pub mod menu;
pub mod row;

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
        api::devices::list_slots,
        list_query::{ATTENTION, CONTACT, FromParams as _, OWNERSHIP, PERSON, PLATFORM, SEARCH, SORT, STATUS},
        list_url::ListUrl,
        live_query::{LiveData, LiveQuery},
    },
    dialogs::{Bulk, Dialog, Dialogs},
    drawing::{
        erasure::IntoErased as _,
        icon::{Icon, icon},
    },
    text::{self, Text as _, page_title},
    wire::{BulkRequest, SlotRowView},
};

use domain::{
    device::{Ownership, Platform},
    list::{
        AttentionFilter, ContactFilter, Page, SlotQuery, SlotSort,
        bulk::{BulkAction, Selection},
    },
    slot::SlotStatus,
    types::ids::{PersonId, SlotId},
};
use leptos::prelude::*;
use leptos_meta::Title;
use std::str::FromStr;
use uuid::Uuid;

/// The page.
#[component]
pub fn DevicesPage() -> impl IntoView {
    let url = ListUrl::new("/devices");
    let person = RwSignal::new(None);
    provide_context(PersonName(person));
    let query = LiveQuery {
        params: url.params(),
        fetch: |params| list_slots(SlotQuery::from_params(params)),
        affects: |page: &Page<SlotRowView>, change| {
            change.in_list(|| page.rows.iter().any(|row| Some(row.person_id) == change.person_id))
        },
        render: rows,
        is_quiet: false,
    };
    let statuses = SlotStatus::ALL.iter().map(|status| (status.as_str(), status.text())).collect();
    let platforms = Platform::ALL.iter().map(|platform| (platform.as_str(), platform.label())).collect();
    let owners = Ownership::ALL.iter().map(|owner| (owner.as_str(), owner.text())).collect();
    let contacts = ContactFilter::ALL.iter().map(|silence| (silence.as_str(), silence.text())).collect();
    let sorts = SlotSort::ALL.iter().filter(|sort| **sort != SlotSort::Newest);
    let sorts = sorts.map(|sort| (sort.as_str(), sort.text())).collect();
    view! {
        <Title text=page_title(text::mobile_devices())/>
        <header class="page-head">
            <h1 tabindex="-1">{text::mobile_devices()}</h1>
            <LiveIndicator/>
            <InviteButton/>
        </header>
        {attention::view()}
        <div class="toolbar">
            <SearchBox url=url placeholder=text::search_devices()/>
            <FilterSelect url=url key=STATUS label=text::status() none=text::any_status() options=statuses/>
            <FilterSelect url=url key=PLATFORM label=text::platform() none=text::any_platform() options=platforms/>
            <FilterSelect url=url key=OWNERSHIP label=text::ownership() none=text::any_ownership() options=owners/>
            <FilterSelect url=url key=CONTACT label=text::last_contact() none=text::any_contact() options=contacts/>
            <FilterSelect url=url key=SORT label=text::order() none=SlotSort::Newest.text() options=sorts/>
            {export_link(url)}
        </div>
        <Chips url=url chips=Signal::derive(move || chips(url, person.get().as_deref()))/>
        {live_query_view(query)}
    }
    .into_erased()
}

/// Opens the dialog that invites people.
#[component]
pub fn InviteButton() -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    let open = move |_| dialogs.open(Dialog::Invite { lines: String::new(), send: true });
    view! {
        <button type="button" class="button" data-kind="primary" on:click=open>{icon(Icon::Mail)} {text::invite_people()}</button>
    }
}

/// The filters of the list.
const FILTERS: [&str; 7] = [SEARCH, STATUS, PLATFORM, OWNERSHIP, CONTACT, ATTENTION, PERSON];

/// The name of the person whose rows are shown, once they are there: the URL has only the identity.
#[derive(Clone, Copy)]
struct PersonName(RwSignal<Option<String>>);

fn follow_name(url: ListUrl, live: LiveData<Page<SlotRowView>>) {
    let PersonName(shown) = expect_context();
    Effect::new(move || {
        let wanted: Option<PersonId> = url.get(PERSON).and_then(|id| id.parse().ok());
        let is_theirs = |row: &&SlotRowView| Some(row.person_id) == wanted;
        let find = |page: &Page<SlotRowView>| page.rows.iter().find(is_theirs).map(|row| row.person_name.clone());
        shown.set(live.data.with(|page| page.as_ref().and_then(find)));
    });
}

fn chips(url: ListUrl, person: Option<&str>) -> Vec<Chip> {
    let value = |key: &str, value: String| match person {
        _ if key != PERSON => value,
        Some(name) => name.to_owned(),
        None => text::one_person().to_owned(),
    };
    FILTERS.iter().filter_map(|key| chip(key, value(key, url.get(key)?))).collect()
}

/// A filter as a chip; `None` when its value is unknown, because then it filters nothing.
fn chip(key: &'static str, value: String) -> Option<Chip> {
    let (label, value) = match key {
        STATUS => (text::status(), SlotStatus::from_str(&value).ok()?.text().to_owned()),
        PLATFORM => (text::platform(), Platform::from_str(&value).ok()?.label().to_owned()),
        OWNERSHIP => (text::ownership(), Ownership::from_str(&value).ok()?.text().to_owned()),
        CONTACT => (text::last_contact(), ContactFilter::from_str(&value).ok()?.text().to_owned()),
        ATTENTION => (text::needs_attention(), AttentionFilter::from_str(&value).ok()?.text().to_owned()),
        PERSON => (text::person(), value),
        _ => (text::search(), value),
    };
    Some(Chip { key, label, value })
}

fn rows(live: LiveData<Page<SlotRowView>>) -> AnyView {
    let url = ListUrl::new("/devices");
    follow_name(url, live);
    let parts = Table {
        url,
        label: text::mobile_devices(),
        caption: text::devices_caption(),
        class: "devices",
        headings: vec![
            heading(text::device()),
            sortable(url, text::person(), SlotSort::Name, SlotSort::NameDesc),
            sortable(url, text::status(), SlotSort::Status, SlotSort::StatusDesc),
            sortable(url, text::last_contact(), SlotSort::ContactDesc, SlotSort::Contact),
        ],
        noun: Noun { exact: |count| text::count_rows(count), more: |count| text::more_rows(count) },
        none,
        selection: Some((RowSelection::new(url), selection_actions(url))),
    };
    table(live, parts, row::row)
}

/// What can be done to selected rows.
fn selection_actions(url: ListUrl) -> Vec<SelectionAction> {
    let dialogs = expect_context::<Dialogs>();
    let action = |symbol, verb: BulkAction| -> SelectionAction {
        let open = move |selected: SelectedRows| {
            let number = selected.len();
            let rows = match selected {
                SelectedRows::Rows(rows) => {
                    Selection::Rows(rows.into_iter().map(|key| SlotId(Uuid::from_u128(key))).collect())
                }
                SelectedRows::Matching(_) => Selection::Matching(url.params().with_untracked(SlotQuery::from_params)),
            };
            dialogs.open(Dialog::Bulk(Bulk { request: BulkRequest::Rows(verb, rows), number }));
        };
        (verb.text(), symbol, Callback::new(open))
    };
    vec![
        action(Icon::Mail, BulkAction::Resend),
        action(Icon::Refresh, BulkAction::Renew),
        action(Icon::Pin, BulkAction::Locate),
        action(Icon::Lock, BulkAction::Lock),
        action(Icon::Cross, BulkAction::Deactivate),
        action(Icon::Trash, BulkAction::Delete),
    ]
}

/// A heading that sorts: first by `one`, then by `other`.
fn sortable(url: ListUrl, label: &'static str, one: SlotSort, other: SlotSort) -> AnyView {
    let current = move || url.get(SORT).and_then(|word| SlotSort::from_str(&word).ok());
    // For a time, "descending" means that the latest comes first.
    let is_ascending = |sort| matches!(sort, SlotSort::Name | SlotSort::Contact | SlotSort::Status);
    let order = move |sort| if is_ascending(sort) { "ascending" } else { "descending" };
    let sorted = move || current().filter(|sort| *sort == one || *sort == other).map(order);
    let next = move |_| {
        let next = if untrack(current) == Some(one) { other } else { one };
        url.set(&[(SORT, Some(next.to_string()))], false);
    };
    view! {
        <th scope="col" role="columnheader" aria-sort=sorted>
            <button type="button" class="sort" on:click=next><span>{label}</span><span class="sort-mark" aria-hidden="true"></span></button>
        </th>
    }
    .into_erased()
}

fn none(url: ListUrl) -> AnyView {
    if chips(url, None).is_empty() {
        let action = view! { <InviteButton/> };
        empty(text::no_devices(), text::no_devices_text(), action.into_erased())
    } else {
        let clear = move |_| url.set(&FILTERS.map(|key| (key, None)), false);
        let action = view! { <button type="button" class="button" on:click=clear>{text::clear_all_filters()}</button> };
        empty(text::nothing_matches(), text::no_match_devices(), action.into_erased())
    }
}
