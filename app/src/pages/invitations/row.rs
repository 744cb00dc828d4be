//! One invitation as a row.

use crate::{
    actions::{Action, Doer},
    around::{FIRST, around},
    components::{
        badge::invitation_badge,
        icon::{Icon, icon},
        menu::{Menu, MenuItem},
        table::Select,
        time::{ago, exact},
    },
    dialogs::{Confirm, Dialog, Dialogs},
    erase::Erase as _,
    say,
    views::{InvitationLine, Moment},
};
use leptos::prelude::*;
use uuid::Uuid;

/// The row of an invitation.
pub fn row(row: Memo<Option<InvitationLine>>, key: u128, _: Select) -> AnyView {
    let id = Uuid::from_u128(key);
    let (dialogs, doer) = (expect_context::<Dialogs>(), Doer::get());
    let state = move || row.with(|row| row.as_ref().map(|row| row.state.clone()));
    let label =
        Signal::derive(move || row.with(|row| row.as_ref().map(|row| row.person_name.clone()).unwrap_or_default()));
    let items =
        move |()| row.with_untracked(|row| row.as_ref().map(|row| offers(row, dialogs, doer)).unwrap_or_default());
    view! {
        <tr role="row" data-invitation-id=id.to_string() data-state=state>
            {move || row.with(|row| row.as_ref().map(cells))}
            <td role="cell" class="cell-menu"><Menu id=format!("menu-{id}") label=label items=Callback::new(items)/></td>
        </tr>
    }
    .erase()
}

fn cells(row: &InvitationLine) -> AnyView {
    let moment = |at: Option<Moment>| at.map_or_else(|| view! { <span class="none">"–"</span> }.erase(), ago);
    let end = row.expires_at.map_or_else(|| view! { <span class="none">{say::no_end()}</span> }.erase(), exact);
    view! {
        <th scope="row" role="rowheader" class="cell-name">
            <span class="name"><bdi>{row.person_name.clone()}</bdi></span>
            <small><bdi>{row.email.clone()}</bdi></small>
        </th>
        <td role="cell" class="cell-status">
            {invitation_badge(row)}
            {trouble(row)}
            <small>{around(&say::created_at(FIRST), [ago(row.created_at)])}</small>
        </td>
        <td role="cell" data-label=say::sent()>{moment(row.sent_at)}</td>
        <td role="cell" data-label=say::opened()>{moment(row.opened_at)}</td>
        <td role="cell" data-label=say::devices() class="number">{row.devices}</td>
        <td role="cell" data-label=say::ends()>{end}</td>
    }
    .erase()
}

/// Trouble with the mail, in the mail server's words; stands beside the state and never hides it.
fn trouble(row: &InvitationLine) -> Option<AnyView> {
    let (text, reason) = row.trouble.clone()?;
    Some(view! { <p class="attention">{icon(Icon::Alert)} " " {text} " " <bdi>{reason}</bdi></p> }.erase())
}

fn offers(row: &InvitationLine, dialogs: Dialogs, doer: Doer) -> Vec<MenuItem> {
    let id = row.id;
    let name = row.person_name.clone();
    let inactive = (!row.is_active()).then(say::enrolls_nothing);
    let queued = row.mail_waits.then(say::mail_on_its_way);
    let send = if row.state == "created" { say::send() } else { say::resend() };
    let deactivate = Dialog::Confirm(Confirm {
        action: Action::Deactivate(id),
        title: say::ask_deactivate(),
        subject: name.clone(),
        effect: say::ask_deactivate_text(),
        verb: say::deactivate(),
        typed: false,
    });
    let again =
        Dialog::Invite { lines: format!("{} <{}>", row.person_name.replace(['<', '>'], " "), row.email), send: true };
    let credentials = Dialog::Credentials { id, name: name.clone() };
    vec![
        MenuItem::new(say::show_credentials(), move || dialogs.open(credentials.clone())).unless(inactive),
        MenuItem::new(send, move || doer.run(Action::Send(id), name.clone())).unless(inactive.or(queued)),
        MenuItem::new(say::new_invitation(), move || dialogs.open(again.clone())),
        MenuItem::new(say::deactivate(), move || dialogs.open(deactivate.clone())).dangerous().unless(inactive),
    ]
}
