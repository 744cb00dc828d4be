//! One invitation as a row.

use crate::{
    actions::{Action, Doer},
    components::{
        badge::invitation_badge,
        icon::{Icon, icon},
        menu::{Menu, MenuItem},
        time::{ago, exact},
    },
    dialogs::{Confirm, Dialog, Dialogs},
    loaded::Loaded,
};
use domain::{
    Timestamp,
    ids::InvitationId,
    invitation::{Delivery, InvitationState},
    list::Page,
    views::InvitationRow,
};
use leptos::prelude::*;

/// The row of an invitation.
pub fn row(id: InvitationId, loaded: Loaded<Page<InvitationRow>>) -> AnyView {
    let row = Memo::new(move |before: Option<&Option<InvitationRow>>| {
        let found = loaded.data.with(|page| {
            let rows = page.as_ref().map(|page| page.rows.as_slice()).unwrap_or_default();
            rows.iter().find(|row| row.invitation.id == id).cloned()
        });
        found.or_else(|| before.cloned().flatten())
    });
    let (dialogs, doer) = (expect_context::<Dialogs>(), Doer::get());
    let state = move || row.with(|row| row.as_ref().map(|row| row.invitation.state.as_str()));
    let label = Signal::derive(move || row.with(|row| row.as_ref().map(|row| row.person_name.clone()).unwrap_or_default()));
    let items = move |()| row.with_untracked(|row| row.as_ref().map(|row| offers(row, dialogs, doer)).unwrap_or_default());
    view! {
        <tr role="row" data-invitation-id=id.to_string() data-state=state>
            {move || row.with(|row| row.as_ref().map(cells))}
            <td role="cell" class="cell-menu"><Menu id=format!("menu-{id}") label=label items=Callback::new(items)/></td>
        </tr>
    }
    .into_any()
}

fn cells(row: &InvitationRow) -> AnyView {
    let invitation = &row.invitation;
    let moment = |at: Option<Timestamp>| at.map_or_else(|| view! { <span class="none">"–"</span> }.into_any(), ago);
    let end = invitation.expires_at.map_or_else(|| view! { <span class="none">"No end"</span> }.into_any(), exact);
    view! {
        <th scope="row" role="rowheader" class="cell-name">
            <span class="name"><bdi>{row.person_name.clone()}</bdi></span>
            <small><bdi>{row.email.clone()}</bdi></small>
        </th>
        <td role="cell" class="cell-status">
            {invitation_badge(&invitation.state)}
            {delivery(&invitation.delivery)}
            <small>"Created " {ago(invitation.created_at)}</small>
        </td>
        <td role="cell" data-label="Sent">{moment(invitation.sent_at)}</td>
        <td role="cell" data-label="Opened">{moment(invitation.opened_at)}</td>
        <td role="cell" data-label="Devices" class="number">{row.devices}</td>
        <td role="cell" data-label="Ends">{end}</td>
    }
    .into_any()
}

/// Trouble with the mail, in the mail server's words; stands beside the state and never hides it.
fn delivery(delivery: &Delivery) -> Option<AnyView> {
    let (text, reason) = match delivery {
        Delivery::Failed { reason, .. } => ("The mail was refused: ", reason),
        Delivery::Queued { trouble: Some(reason), .. } => ("Not delivered yet, it will be tried again: ", reason),
        _ => return None,
    };
    Some(view! { <p class="attention">{icon(Icon::Alert)} {text} <bdi>{reason.clone()}</bdi></p> }.into_any())
}

fn offers(row: &InvitationRow, dialogs: Dialogs, doer: Doer) -> Vec<MenuItem> {
    let id = row.invitation.id;
    let name = row.person_name.clone();
    let inactive = (!row.invitation.state.is_active()).then_some("It enrolls nothing any more.");
    let queued = (row.invitation.state == InvitationState::Queued).then_some("A mail is on its way already.");
    let send = if row.invitation.state == InvitationState::Created { "Send" } else { "Resend" };
    let deactivate = Dialog::Confirm(Confirm {
        action: Action::Deactivate(id),
        title: "Deactivate this invitation?",
        subject: name.clone(),
        effect: "Its QR code, URL and PIN stop working at once. Devices that are enrolled stay enrolled.",
        verb: "Deactivate",
        typed: false,
    });
    let again = Dialog::Invite {
        lines: format!("{} <{}>", row.person_name.replace(['<', '>'], " "), row.email),
        send: true,
    };
    let credentials = Dialog::Credentials { id, name: name.clone() };
    vec![
        MenuItem::new("Show credentials", move || dialogs.open(credentials.clone())).unless(inactive),
        MenuItem::new(send, move || doer.run(Action::Send(id), name.clone())).unless(inactive.or(queued)),
        MenuItem::new("New invitation", move || dialogs.open(again.clone())),
        MenuItem::new("Deactivate", move || dialogs.open(deactivate.clone())).dangerous().unless(inactive),
    ]
}
