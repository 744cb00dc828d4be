//! One slot as a row. It stays the same row while the invitation in it becomes a device.

use super::offers;
use crate::{
    actions::{Action, Doer},
    components::{badge::status_badge, icon::{Icon, icon}, menu::Menu, time::ago},
    dialogs::Dialogs,
    loaded::Loaded,
    queries::encoded,
};
use domain::{
    attention::{Attention, NextStep},
    device::EnrollmentStep,
    ids::SlotId,
    list::Page,
    slot::{SlotDevice, SlotRow, SlotStatus},
    views::SlotItem,
};
use leptos::prelude::*;
use std::time::Duration;

/// How long a row that changed stays marked, in milliseconds.
const MARK_MS: u64 = 1600;

/// The row of a slot.
pub fn row(id: SlotId, loaded: Loaded<Page<SlotItem>>) -> AnyView {
    // Rows that did not change are not drawn again; one that just went away keeps its last face.
    let item = Memo::new(move |before: Option<&Option<SlotItem>>| {
        let found = loaded.data.with(|page| {
            let rows = page.as_ref().map(|page| page.rows.as_slice()).unwrap_or_default();
            rows.iter().find(|item| item.row.id == id).cloned()
        });
        found.or_else(|| before.cloned().flatten())
    });
    let changed = RwSignal::new(false);
    Effect::watch(
        move || item.get(),
        move |now, before, _| {
            if before.is_some_and(|before| is_news(before.as_ref(), now.as_ref())) {
                changed.set(true);
                set_timeout(move || { changed.try_set(false); }, Duration::from_millis(MARK_MS));
            }
        },
        false,
    );
    let status = move || item.with(|item| item.as_ref().map(|item| item.row.status.as_str()));
    let cells = move || item.with(|item| item.as_ref().map(cells));
    view! {
        <tr role="row" data-slot-id=id.to_string() data-status=status data-changed=move || changed.get().then_some("")>
            {cells}
            <td role="cell" class="cell-menu"><RowMenu id=id item=item/></td>
        </tr>
    }
    .into_any()
}

/// Whether more changed than the time of the last contact, which changes all the time.
fn is_news(before: Option<&SlotItem>, now: Option<&SlotItem>) -> bool {
    let (Some(before), Some(now)) = (before, now) else { return false };
    let device = |item: &SlotItem| item.row.device.as_ref().map(|device| (device.step, device.missing.clone(), device.name.clone()));
    before.row.status != now.row.status || before.row.email != now.row.email || device(before) != device(now)
}

#[component]
fn RowMenu(
    /// The slot.
    id: SlotId,
    /// Its row.
    item: Memo<Option<SlotItem>>,
) -> impl IntoView {
    let (dialogs, doer) = (expect_context::<Dialogs>(), Doer::get());
    let label = Signal::derive(move || item.with(|item| item.as_ref().map(|item| item.row.person_name.clone()).unwrap_or_default()));
    let items = move |()| item.with_untracked(|item| item.as_ref().map(|item| offers(item, dialogs, doer)).unwrap_or_default());
    view! { <Menu id=format!("menu-{id}") label=label items=Callback::new(items)/> }
}

fn cells(item: &SlotItem) -> AnyView {
    let row = &item.row;
    let contact = row.device.as_ref().map(|device| ago(device.last_contact_at));
    view! {
        <th scope="row" role="rowheader" class="cell-name">{name(row)}</th>
        <td role="cell" class="cell-person">
            <bdi>{row.person_name.clone()}</bdi>
            <small><bdi>{row.email.clone()}</bdi></small>
        </td>
        <td role="cell" class="cell-status">
            {status_badge(row.status)}
            {row.device.as_ref().and_then(progress)}
            {item.attention.as_ref().map(|attention| hint(row, attention))}
        </td>
        <td role="cell" class="cell-contact">{contact.unwrap_or_else(|| view! { <span class="none">"–"</span> }.into_any())}</td>
    }
    .into_any()
}

fn name(row: &SlotRow) -> AnyView {
    let href = format!("/devices/{}", row.id);
    match &row.device {
        None => {
            let since = if row.status == SlotStatus::Created { "Created " } else { "Since " };
            view! {
                <a href=href class="name">{icon(Icon::Mail)} <span>"Invitation"</span></a>
                <small>{since} {ago(row.status_since)}</small>
            }
            .into_any()
        }
        Some(device) => {
            let title = if row.status == SlotStatus::Pending {
                view! { <span class="pending-name">"Pending…"</span> }.into_any()
            } else {
                view! { <bdi>{device.name.clone().unwrap_or_else(|| "Unnamed device".to_owned())}</bdi> }.into_any()
            };
            view! {
                <a href=href class="name">{icon(Icon::Phone)} <span>{title}</span></a>
                <small>{platform(device)}</small>
            }
            .into_any()
        }
    }
}

fn platform(device: &SlotDevice) -> String {
    let system = device.platform.label();
    let version = device.os_version.trim();
    let space = if version.is_empty() { "" } else { " " };
    format!("{system}{space}{version} · {}", device.ownership.label())
}

/// How far an enrollment is, while it is on its way.
fn progress(device: &SlotDevice) -> Option<AnyView> {
    if device.step == EnrollmentStep::Done && device.missing.is_empty() {
        return None;
    }
    let missing = (!device.missing.is_empty()).then(|| format!("Missing: {}", device.missing.join(", ")));
    Some(
        view! {
            <small>{step_text(device.step)}</small>
            {missing.map(|missing| view! { <small>{missing}</small> })}
        }
        .into_any(),
    )
}

/// `Step 3 of 5 · Technical information`.
pub fn step_text(step: EnrollmentStep) -> String {
    format!("Step {} of {} · {}", step.number(), EnrollmentStep::COUNT, step.label())
}

/// Why the row is stuck, and the button that helps.
pub fn hint(row: &SlotRow, attention: &Attention) -> AnyView {
    view! {
        <p class="attention">{attention.sentence.clone()} " " {help(row, attention.next)}</p>
    }
    .into_any()
}

fn help(row: &SlotRow, next: NextStep) -> AnyView {
    let (dialogs, doer) = (expect_context::<Dialogs>(), Doer::get());
    let name = row.person_name.clone();
    let action = match (next, row.device.as_ref()) {
        (NextStep::Contact, _) => {
            return view! { <a class="link-button" href=format!("mailto:{}", encoded(&row.email)) rel="external">{next.label()}</a> }.into_any();
        }
        (NextStep::CorrectEmail, _) => {
            let correct = offers::correction(row);
            return view! { <button type="button" class="link-button" on:click=move |_| dialogs.open(correct.clone())>{next.label()}</button> }.into_any();
        }
        (NextStep::Renew, Some(device)) => Action::Renew(device.id),
        _ => Action::Send(row.invitation_id),
    };
    view! { <button type="button" class="link-button" on:click=move |_| doer.run(action.clone(), name.clone())>{next.label()}</button> }.into_any()
}
