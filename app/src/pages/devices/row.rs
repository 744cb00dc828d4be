//! One slot as a row. It stays the same row while the invitation in it becomes a device.

use crate::{
    components::{
        badge::{damaged, row_badge},
        controls::menu::Menu,
        last_contact::last_contact,
        list::table::Select,
        time::ago,
    },
    data::list_query::encoded,
    dialogs::{Dialogs, action_runner::ActionRunner},
    drawing::{
        erasure::IntoErased as _,
        icon::{Icon, icon},
        with_views::with_views,
    },
    pages::devices::menu::{correction, row_menu_items},
    text::{self, FIRST_VIEW, Text as _},
    wire::{AdminAction, DeviceView, Hint, SlotRowView},
};
use domain::{
    device::EnrollmentStep,
    slot::{SlotStatus, attention::NextStep},
};
use leptos::prelude::*;
use std::time::Duration;
use uuid::Uuid;

/// How long a changed row stays highlighted, in milliseconds.
const MARK_MS: u64 = 1600;

/// The row of a slot.
pub fn row(item: Memo<Option<SlotRowView>>, key: u128, select: Select) -> AnyView {
    let id = Uuid::from_u128(key);
    let changed = RwSignal::new(false);
    Effect::watch(
        move || item.get(),
        move |now, before, _| {
            if before.is_some_and(|before| is_news(before.as_ref(), now.as_ref())) {
                changed.set(true);
                set_timeout(
                    move || {
                        changed.try_set(false);
                    },
                    Duration::from_millis(MARK_MS),
                );
            }
        },
        false,
    );
    let status = move || item.with(|item| item.as_ref().map(|item| item.status.as_str()));
    let cells = move || item.with(|item| item.as_ref().map(cells));
    let label = Signal::derive(move || {
        item.with(|item| item.as_ref().map(|item| item.person_name.clone()).unwrap_or_default())
    });
    let person = move || item.with(|item| item.as_ref().map(|item| item.person_id.to_string()));
    view! {
        <tr role="row" data-slot-id=id.to_string() data-person-id=person data-status=status data-changed=move || changed.get().then_some("")>
            {select.cell(key, label)}
            {cells}
            <td role="cell" class="cell-menu">{menu(id, item, label)}</td>
        </tr>
    }
    .into_erased()
}

/// Whether more changed than the time of the last contact, which changes often.
fn is_news(before: Option<&SlotRowView>, now: Option<&SlotRowView>) -> bool {
    let (Some(before), Some(now)) = (before, now) else { return false };
    let device = |item: &SlotRowView| {
        item.device.as_ref().map(|device| (device.step, device.missing.clone(), device.name.clone()))
    };
    before.status != now.status || before.email != now.email || device(before) != device(now)
}

fn menu(id: Uuid, item: Memo<Option<SlotRowView>>, label: Signal<String>) -> AnyView {
    let (dialogs, actions) = (expect_context::<Dialogs>(), ActionRunner::get());
    let items = move |()| {
        item.with_untracked(|item| item.as_ref().map(|item| row_menu_items(item, dialogs, actions)).unwrap_or_default())
    };
    view! { <Menu id=format!("menu-{id}") label=label items=Callback::new(items)/> }.into_erased()
}

fn cells(row: &SlotRowView) -> AnyView {
    let contact = row.device.as_ref().map(|device| last_contact(row.id, device.last_contact_at));
    view! {
        <th scope="row" role="rowheader" class="cell-name">{name(row)}</th>
        <td role="cell" class="cell-person">
            <bdi>{row.person_name.clone()}</bdi>
            <small><bdi>{row.email.clone()}</bdi></small>
        </td>
        <td role="cell" class="cell-status">
            {row_badge(row)}
            {row.is_damaged.then(damaged)}
            {row.device.as_ref().and_then(mark)}
            {row.device.as_ref().and_then(progress)}
            {row.device.as_ref().and_then(renewed)}
            {hint(row)}
        </td>
        <td role="cell" class="cell-contact" data-label=text::last_contact()>{contact.unwrap_or_else(|| view! { <span class="none">"–"</span> }.into_erased())}</td>
    }
    .into_erased_patchable()
}

fn name(row: &SlotRowView) -> AnyView {
    let href = format!("/devices/{}", row.id);
    match &row.device {
        None => {
            let since = match row.status {
                SlotStatus::Sent => text::sent_at(FIRST_VIEW),
                SlotStatus::Opened => text::opened_at(FIRST_VIEW),
                _ => text::created_at(FIRST_VIEW),
            };
            view! {
                <a href=href class="name">{icon(Icon::Mail)} <span>{text::invitation()}</span></a>
                <small>{with_views(&since, [ago(row.since)])}</small>
            }
            .into_erased_patchable()
        }
        Some(device) => {
            let title = if row.hides_name() {
                view! { <span class="pending-name">{text::pending_name()}</span> }.into_erased()
            } else {
                view! { <bdi>{device.name.clone().unwrap_or_else(|| text::unnamed_device().to_owned())}</bdi> }
                    .into_erased()
            };
            view! {
                <a href=href class="name">{icon(Icon::Phone)} <span>{title}</span></a>
                <small>{platform(device)}</small>
            }
            .into_erased_patchable()
        }
    }
}

fn platform(device: &DeviceView) -> String {
    let system = device.platform.label();
    let version = device.os_version.trim();
    let space = if version.is_empty() { "" } else { " " };
    format!("{system}{space}{version} · {}", device.ownership.text())
}

/// How far an enrollment that is under way has come.
fn progress(device: &DeviceView) -> Option<AnyView> {
    if device.step == EnrollmentStep::Done && device.missing.is_empty() {
        return None;
    }
    let missing = (!device.missing.is_empty()).then(|| text::missing(&device.missing));
    Some(
        view! {
            <small>{step_text(device.step)}</small>
            {missing.map(|missing| view! { <small>{missing}</small> })}
        }
        .into_erased(),
    )
}

/// Lost mode, requested or confirmed.
fn mark(device: &DeviceView) -> Option<AnyView> {
    let mark = device.mark.clone()?;
    Some(
        view! { <p class="mark" data-tone="warn">{icon(Icon::Shield)} {with_views(&mark.text, [ago(mark.at)])}</p> }
            .into_erased(),
    )
}

/// A renewal to which the device has not responded.
fn renewed(device: &DeviceView) -> Option<AnyView> {
    let at = device.renewed_at?;
    Some(view! { <small>{with_views(&text::renewed_at(FIRST_VIEW), [ago(at)])}</small> }.into_erased())
}

/// `Step 3 of 5 · Technical information`.
pub fn step_text(step: EnrollmentStep) -> String {
    text::step_of(step.number(), EnrollmentStep::COUNT, step.text())
}

/// Why the row is stuck, and a button that helps; `None` while it is not stuck.
pub fn hint(row: &SlotRowView) -> Option<AnyView> {
    let Hint { sentence, next } = row.hint.clone()?;
    Some(view! { <p class="attention">{sentence} " " {help(row, next)}</p> }.into_erased())
}

fn help(row: &SlotRowView, next: NextStep) -> AnyView {
    let (dialogs, actions) = (expect_context::<Dialogs>(), ActionRunner::get());
    let name = row.person_name.clone();
    let action = match (next, row.device.as_ref()) {
        (NextStep::Contact, _) => {
            return view! { <a class="link-button" href=format!("mailto:{}", encoded(&row.email)) rel="external">{next.text()}</a> }.into_erased();
        }
        (NextStep::Compare, Some(DeviceView { twin: Some(twin), .. })) => {
            return view! { <a class="link-button" href=format!("/devices/{twin}")>{next.text()}</a> }.into_erased();
        }
        (NextStep::SetUpApple, _) => {
            return view! { <a class="link-button" href="/settings/apple">{next.text()}</a> }.into_erased();
        }
        (NextStep::CorrectEmail, _) => {
            let correct = correction(row);
            return view! { <button type="button" class="link-button" on:click=move |_| dialogs.open(correct.clone())>{next.text()}</button> }.into_erased();
        }
        (NextStep::LiftPace, _) => AdminAction::LiftPace(row.invitation_id),
        (NextStep::Renew, Some(device)) => AdminAction::Renew(device.id),
        _ => AdminAction::Send(row.invitation_id),
    };
    view! { <button type="button" class="link-button" on:click=move |_| actions.run(action.clone(), name.clone())>{next.text()}</button> }.into_erased()
}
