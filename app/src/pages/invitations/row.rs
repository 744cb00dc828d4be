//! One invitation as a row.

use crate::{
    actions::{Action, Doer},
    components::{
        badge::invitation_badge,
        icon::{Icon, icon},
        menu::{Menu, MenuItem},
        table::Select,
        time::{ago, exact},
    },
    dialogs::{Confirm, Dialog, Dialogs},
    erase::Erase as _,
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
    let end = row.expires_at.map_or_else(|| view! { <span class="none">"No end"</span> }.erase(), exact);
    view! {
        <th scope="row" role="rowheader" class="cell-name">
            <span class="name"><bdi>{row.person_name.clone()}</bdi></span>
            <small><bdi>{row.email.clone()}</bdi></small>
        </th>
        <td role="cell" class="cell-status">
            {invitation_badge(row)}
            {trouble(row)}
            <small>"Created " {ago(row.created_at)}</small>
        </td>
        <td role="cell" data-label="Sent">{moment(row.sent_at)}</td>
        <td role="cell" data-label="Opened">{moment(row.opened_at)}</td>
        <td role="cell" data-label="Devices" class="number">{row.devices}</td>
        <td role="cell" data-label="Ends">{end}</td>
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
    let inactive = (!row.is_active()).then_some("It enrolls nothing any more.");
    let queued = row.mail_waits.then_some("A mail is on its way already.");
    let send = if row.state == "created" { "Send" } else { "Resend" };
    let deactivate = Dialog::Confirm(Confirm {
        action: Action::Deactivate(id),
        title: "Deactivate this invitation?",
        subject: name.clone(),
        effect: "Its QR code, URL and PIN stop working at once. Devices that are enrolled stay enrolled.",
        verb: "Deactivate",
        typed: false,
    });
    let again =
        Dialog::Invite { lines: format!("{} <{}>", row.person_name.replace(['<', '>'], " "), row.email), send: true };
    let credentials = Dialog::Credentials { id, name: name.clone() };
    vec![
        MenuItem::new("Show credentials", move || dialogs.open(credentials.clone())).unless(inactive),
        MenuItem::new(send, move || doer.run(Action::Send(id), name.clone())).unless(inactive.or(queued)),
        MenuItem::new("New invitation", move || dialogs.open(again.clone())),
        MenuItem::new("Deactivate", move || dialogs.open(deactivate.clone())).dangerous().unless(inactive),
    ]
}
