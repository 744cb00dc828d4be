//! One slot: the device with its technical information and operations, or the invitation that waits for one.

mod commands;
mod contact;
mod facts;
mod glance;
mod news;
mod operations;
mod steps;
mod timeline;

use super::devices::row::hint;
use crate::{
    components::{
        badge::row_badge, controls::menu::Menu, last_contact::last_contact, live_indicator::LiveIndicator,
        live_query_view::live_query_view, states::StaleBar,
    },
    data::{
        api::devices::slot as fetch_slot,
        live_connection::{Affects, Changed},
        live_query::{LiveData, LiveQuery},
    },
    dialogs::{Dialog, Dialogs, action_runner::ActionRunner},
    drawing::{
        erasure::{IntoErased as _, reactive},
        icon::{Icon, icon},
        with_views::with_views,
    },
    pages::devices::menu::{correction, menu_items, renew_reason},
    text::{self, FIRST_VIEW, Text as _, page_title},
    wire::{AdminAction, MailProgress, SlotPage, SlotRowView, error::AppError},
};
use domain::slot::SlotStatus;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

async fn fetch(id: Option<String>) -> Result<SlotPage, AppError> {
    match id.unwrap_or_default().parse() {
        Ok(id) => fetch_slot(id).await,
        Err(_) => Err(AppError::NotFound { text: text::gone().to_owned() }),
    }
}

/// A change of the row itself; or one of its person or invitation that is about no other device.
fn affects(shown: &SlotPage, change: &Changed) -> Affects {
    let row = &shown.slot;
    let is_about_all = change.device_id.is_none() && change.person_id == Some(row.person_id);
    if change.slot_id == Some(row.id) || is_about_all { Affects::Shown } else { Affects::Nothing }
}

/// The page.
#[component]
pub fn DevicePage() -> impl IntoView {
    let query = LiveQuery {
        params: use_params_map(),
        fetch: |params| fetch(params.get("slot_id")),
        affects,
        render: detail,
        is_quiet: false,
    };
    view! {
        <Title text=page_title(text::device())/>
        <p class="crumb"><a href="/devices" data-return="">{icon(Icon::Back)} {text::mobile_devices()}</a></p>
        {live_query_view(query)}
    }
    .into_erased()
}

fn detail(live: LiveData<SlotPage>) -> AnyView {
    // Each part is drawn again only when its own data changes.
    let slot = Memo::new(move |_| live.data.with(|shown| shown.as_ref().map(|shown| shown.slot.clone())));
    // What is drawn again loses the focus, so buttons must not depend on what changes with every contact.
    let row = Memo::new(move |_| slot.with(|slot| slot.clone().map(SlotRowView::without_contact)));
    let is_device = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.device.is_some())));
    let (dialogs, actions) = (expect_context::<Dialogs>(), ActionRunner::get());
    let items = move |()| {
        row.with_untracked(|row| row.as_ref().map(|row| menu_items(row, dialogs, actions)).unwrap_or_default())
    };
    let label =
        Signal::derive(move || row.with(|row| row.as_ref().map(|row| row.person_name.clone()).unwrap_or_default()));
    let attention = move || {
        let hint = row.with(|row| row.as_ref().and_then(hint))?;
        Some(view! { <div class="bar" data-tone="warn">{icon(Icon::Alert)} {hint}</div> })
    };
    let status = move || row.with(|row| row.as_ref().map(|row| row.status.as_str()));
    let id = move || row.with(|row| row.as_ref().map(|row| row.id.to_string()));
    let person = move || row.with(|row| row.as_ref().map(|row| row.person_id.to_string()));
    news::announce(live, row);
    view! {
        <StaleBar error=live.state.error retry=live.state.refresh/>
        <div class="detail" data-status=status data-detail=id data-person-id=person>
            <header class="page-head">
                {move || slot.with(|slot| slot.as_ref().map(heading))}
                <LiveIndicator/>
                <div class="page-actions">
                    {reactive(move || row.with(|row| row.as_ref().map(|row| main_actions(row, dialogs, actions))))}
                    <Menu id="menu-detail".to_owned() label=label items=Callback::new(items)/>
                </div>
            </header>
            {glance::notices(live)}
            {reactive(attention)}
            <div class="columns">
                <div>
                    {reactive(move || row.with(|row| row.as_ref().and_then(steps::view)))}
                    {reactive(move || if is_device.get() { device_parts(live, row) } else { invitation_part(row) })}
                </div>
                {timeline::view(live)}
            </div>
        </div>
    }
    .into_erased()
}

fn heading(row: &SlotRowView) -> AnyView {
    let name = match &row.device {
        None => text::invitation().to_owned(),
        Some(_) if row.hides_name() => text::pending_name().to_owned(),
        Some(device) => device.name.clone().unwrap_or_else(|| text::unnamed_device().to_owned()),
    };
    let id = row.id;
    let contact = row.device.as_ref().map(|device| {
        let at = last_contact(id, device.last_contact_at);
        view! { <span>{with_views(&text::last_contact_at(FIRST_VIEW), [at])}</span> }
    });
    let system = row.device.as_ref().map(|device| {
        view! { <span>{device.platform.label()} " " <bdi>{device.os_version.clone()}</bdi> " · " {device.ownership.text()}</span> }
    });
    view! {
        <div class="title">
            <h1 tabindex="-1"><bdi>{name}</bdi></h1>
            {row_badge(row)}
            <p class="subtitle">
                <span><bdi>{row.person_name.clone()}</bdi> " · " <bdi>{row.email.clone()}</bdi></span>
                {system}
                {contact}
            </p>
        </div>
    }
    .into_erased_patchable()
}

/// The actions that have buttons of their own beside the menu, because most people look for them there.
fn main_actions(row: &SlotRowView, dialogs: Dialogs, actions: ActionRunner) -> AnyView {
    let name = row.person_name.clone();
    match &row.device {
        None => {
            let id = row.invitation_id;
            let show = move |_| dialogs.open(Dialog::Credentials { id, name: name.clone() });
            let correct = correction(row);
            view! {
                <button type="button" class="button" on:click=move |_| dialogs.open(correct.clone())>{icon(Icon::Draft)} {text::correct_email()}</button>
                <button type="button" class="button" data-kind="primary" on:click=show>{icon(Icon::Qr)} {text::show_credentials()}</button>
            }
            .into_erased()
        }
        Some(device) => {
            let id = device.id;
            let reason = renew_reason(row.status);
            let renew = move |_| {
                if reason.is_none() {
                    actions.run(AdminAction::Renew(id), name.clone());
                }
            };
            view! {
                <button type="button" class="button" aria-disabled=reason.map(|_| "true") title=reason on:click=renew>{icon(Icon::Mail)} {text::renew()}</button>
            }
            .into_erased()
        }
    }
}

fn invitation_part(row: Memo<Option<SlotRowView>>) -> AnyView {
    let text = move || {
        row.with(|row| {
            row.as_ref().map(|row| match row.status {
                SlotStatus::Created => text::waits_created(),
                SlotStatus::Queued => match row.mail {
                    MailProgress::OnItsWay => text::waits_queued(),
                    MailProgress::Delayed => text::waits_mail_delayed(),
                    MailProgress::Idle => text::waits_mail_failed(),
                },
                SlotStatus::Sent => text::waits_sent(),
                _ => text::waits_opened(),
            })
        })
    };
    view! {
        <section class="card" aria-labelledby="waiting">
            <h2 id="waiting">{text::waiting_for_device()}</h2>
            <p>{reactive(text)}</p>
        </section>
    }
    .into_erased()
}

fn device_parts(live: LiveData<SlotPage>, row: Memo<Option<SlotRowView>>) -> AnyView {
    view! {
        {glance::facts(live)}
        {operations::view(live, row)}
        {commands::view(live)}
        {glance::abilities(live)}
        {facts::inventory(live)}
    }
    .into_erased()
}
