//! One invitation as a row.

use crate::{
    components::{
        badge::{damaged, invitation_badge},
        controls::menu::{Menu, MenuItem},
        list::table::Select,
        time::{ago, exact},
    },
    dialogs::{Confirm, Dialog, Dialogs, action_runner::ActionRunner},
    drawing::{
        erasure::IntoErased as _,
        icon::{Icon, icon},
        with_views::with_views,
    },
    text::{self, FIRST_VIEW, locale::language},
    wire::{AdminAction, InvitationView, MailProgress, Moment, PaceView},
};
use leptos::prelude::*;
use uuid::Uuid;

/// The row of an invitation.
pub fn row(row: Memo<Option<InvitationView>>, key: u128, select: Select) -> AnyView {
    let id = Uuid::from_u128(key);
    let (dialogs, actions) = (expect_context::<Dialogs>(), ActionRunner::get());
    let state = move || row.with(|row| row.as_ref().map(|row| row.state.clone()));
    let label =
        Signal::derive(move || row.with(|row| row.as_ref().map(|row| row.person_name.clone()).unwrap_or_default()));
    let items = move |()| {
        row.with_untracked(|row| row.as_ref().map(|row| menu_items(row, dialogs, actions)).unwrap_or_default())
    };
    view! {
        <tr role="row" data-invitation-id=id.to_string() data-state=state>
            {select.cell(key, label)}
            {move || row.with(|row| row.as_ref().map(cells))}
            <td role="cell" class="cell-menu"><Menu id=format!("menu-{id}") label=label items=Callback::new(items)/></td>
        </tr>
    }
    .into_erased()
}

fn cells(row: &InvitationView) -> AnyView {
    let moment = |at: Option<Moment>| at.map_or_else(|| view! { <span class="none">"–"</span> }.into_erased(), ago);
    let end = row.expires_at.map_or_else(|| view! { <span class="none">{text::no_end()}</span> }.into_erased(), exact);
    view! {
        <th scope="row" role="rowheader" class="cell-name">
            <span class="name"><bdi>{row.person_name.clone()}</bdi></span>
            <small><bdi>{row.email.clone()}</bdi></small>
        </th>
        <td role="cell" class="cell-status">
            {invitation_badge(row)}
            {row.is_damaged.then(damaged)}
            {trouble(row)}
            {(row.pace == PaceView::TurnedAway).then(|| view! { <p class="attention">{icon(Icon::Alert)} " " {text::cause_turned_away()}</p> })}
            {row.ended.clone().map(|ended| view! { <small>{with_views(&ended.text, [ago(ended.at)])}</small> })}
            <small>{with_views(&text::created_at(FIRST_VIEW), [ago(row.created_at)])}</small>
        </td>
        <td role="cell" data-label=text::sent()>{moment(row.sent_at)}</td>
        <td role="cell" data-label=text::opened()>{moment(row.opened_at)}</td>
        <td role="cell" data-label=text::devices() class="number">{language().grouped(row.devices)}</td>
        <td role="cell" data-label=text::ends()>{end}</td>
    }
    .into_erased()
}

/// Trouble with the mail, in the mail server's words. It is shown in addition to the state.
fn trouble(row: &InvitationView) -> Option<AnyView> {
    let (text, reason) = row.trouble.clone()?;
    Some(view! { <p class="attention">{icon(Icon::Alert)} " " {text} " " <bdi>{reason}</bdi></p> }.into_erased())
}

fn menu_items(row: &InvitationView, dialogs: Dialogs, actions: ActionRunner) -> Vec<MenuItem> {
    if row.is_damaged {
        return vec![MenuItem::unusable()];
    }
    let id = row.id;
    let name = row.person_name.clone();
    let inactive = (!row.is_active()).then(text::enrolls_nothing);
    let person = name.clone();
    let lifted = (row.pace == PaceView::Lifted).then(text::pace_is_lifted);
    let queued = (row.mail == MailProgress::OnItsWay).then(text::mail_on_its_way);
    let send = if row.state == "created" { text::send() } else { text::resend() };
    let deactivate = Dialog::Confirm(Confirm {
        action: AdminAction::Deactivate(id),
        title: text::ask_deactivate(),
        subject: name.clone(),
        effect: text::ask_deactivate_text(),
        verb: text::deactivate(),
        typed: false,
    });
    let again =
        Dialog::Invite { lines: format!("{} <{}>", row.person_name.replace(['<', '>'], " "), row.email), send: true };
    let credentials = Dialog::Credentials { id, name: name.clone() };
    vec![
        MenuItem::new(text::show_credentials(), move || dialogs.open(credentials.clone())).unless(inactive),
        MenuItem::new(send, move || actions.run(AdminAction::Send(id), name.clone())).unless(inactive.or(queued)),
        MenuItem::new(text::new_invitation(), move || dialogs.open(again.clone())),
        MenuItem::new(text::lift_pace(), move || actions.run(AdminAction::LiftPace(id), person.clone()))
            .unless(inactive.or(lifted)),
        MenuItem::new(text::deactivate(), move || dialogs.open(deactivate.clone())).dangerous().unless(inactive),
    ]
}
