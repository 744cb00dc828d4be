//! Management → Mobile devices: every invitation that waits for a device, and every device.

pub mod offers;
pub mod row;

use offers::offers;

use crate::{
    api::devices::list_slots,
    components::{
        icon::{Icon, icon},
        list::ListUrl,
        states::empty,
        table::{Table, heading, table},
        toolbar::{Chip, Chips, FilterSelect, SearchBox},
    },
    dialogs::{Dialog, Dialogs},
    erase::Erase as _,
    live::LiveIndicator,
    loaded::{Loaded, Source, live_view},
    queries::{FromParams as _, PERSON, SEARCH, SORT, STATUS},
    views::SlotLine,
};
use domain::{
    list::{Page, SlotQuery, SlotSort},
    slot::SlotStatus,
};
use leptos::prelude::*;
use leptos_meta::Title;
use std::str::FromStr;

/// The page.
#[component]
pub fn DevicesPage() -> impl IntoView {
    let url = ListUrl::new("/devices");
    let source = Source {
        query: url.params(),
        fetch: |params| list_slots(SlotQuery::from_params(params)),
        concerns: |_, _| true,
        render: rows,
    };
    let statuses = SlotStatus::ALL.iter().map(|status| (status.as_str(), status.label())).collect();
    let sorts = SlotSort::ALL.iter().filter(|sort| **sort != SlotSort::Newest);
    let sorts = sorts.map(|sort| (sort.as_str(), sort.label())).collect();
    view! {
        <Title text="Mobile devices · Rollcall"/>
        <header class="page-head">
            <h1 tabindex="-1">"Mobile devices"</h1>
            <LiveIndicator/>
            <InviteButton/>
        </header>
        <div class="toolbar">
            <SearchBox url=url placeholder="Search name, email, device, serial number"/>
            <FilterSelect url=url key=STATUS label="Status" none="Any status" options=statuses/>
            <FilterSelect url=url key=SORT label="Order" none=SlotSort::Newest.label() options=sorts/>
        </div>
        <Chips url=url chips=Signal::derive(move || chips(url))/>
        {live_view(source)}
    }
    .erase()
}

/// Opens the dialog that invites people.
#[component]
pub fn InviteButton() -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    let open = move |_| dialogs.open(Dialog::Invite { lines: String::new(), send: true });
    view! {
        <button type="button" class="button" data-kind="primary" on:click=open>{icon(Icon::Plus)} "Invite people"</button>
    }
}

fn chips(url: ListUrl) -> Vec<Chip> {
    let status = url.get(STATUS).and_then(|word| SlotStatus::from_str(&word).ok());
    let chip = |key, label, value: Option<String>| value.map(|value| Chip { key, label, value });
    [
        chip(SEARCH, "Search", url.get(SEARCH)),
        chip(STATUS, "Status", status.map(|status| status.label().to_owned())),
        chip(PERSON, "Person", url.get(PERSON).map(|_| "one".to_owned())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn rows(loaded: Loaded<Page<SlotLine>>) -> AnyView {
    let url = ListUrl::new("/devices");
    let parts = Table {
        url,
        label: "Mobile devices",
        caption: "Invitations that wait for a device, and devices",
        class: "devices",
        headings: vec![
            heading("Device"),
            sortable(url, "Person", SlotSort::Name, SlotSort::NameDesc),
            heading("Status"),
            sortable(url, "Last contact", SlotSort::ContactDesc, SlotSort::Contact),
        ],
        noun: ("row", "rows"),
        none,
    };
    table(loaded, parts, row::row)
}

/// A heading that sorts: first by `one`, then by `other`.
fn sortable(url: ListUrl, label: &'static str, one: SlotSort, other: SlotSort) -> AnyView {
    let current = move || url.get(SORT).and_then(|word| SlotSort::from_str(&word).ok());
    // Latest contact first is what the word "descending" means for a time.
    let order = |sort| if matches!(sort, SlotSort::Name | SlotSort::Contact) { "ascending" } else { "descending" };
    let sorted = move || current().filter(|sort| *sort == one || *sort == other).map(order);
    let next = move |_| {
        let next = if untrack(current) == Some(one) { other } else { one };
        url.set(&[(SORT, Some(next.to_string()))], false);
    };
    view! {
        <th scope="col" role="columnheader" aria-sort=sorted>
            <button type="button" class="sort" on:click=next>{label}<span class="sort-mark" aria-hidden="true"></span></button>
        </th>
    }
    .erase()
}

fn none(url: ListUrl) -> AnyView {
    if chips(url).is_empty() {
        let action = view! { <InviteButton/> };
        empty(
            "No devices yet",
            "Invite someone: the invitation is listed here and becomes the device once it answers.",
            action.erase(),
        )
    } else {
        let clear = move |_| url.set(&[(SEARCH, None), (STATUS, None), (PERSON, None)], false);
        let action = view! { <button type="button" class="button" on:click=clear>"Clear all filters"</button> };
        empty("Nothing matches", "No row fits the search and the filters.", action.erase())
    }
}
