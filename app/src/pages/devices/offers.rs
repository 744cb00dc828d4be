//! What is offered for a slot, and why not.

use crate::{
    actions::{Action, Doer},
    api::PersonDraft,
    components::menu::MenuItem,
    dialogs::{Confirm, Dialog, Dialogs},
    views::{DeviceLine, SlotLine},
};
use domain::slot::SlotStatus;

/// The entries of a slot's menu.
pub fn offers(row: &SlotLine, dialogs: Dialogs, doer: Doer) -> Vec<MenuItem> {
    match &row.device {
        None => of_invitation(row, dialogs, doer),
        Some(device) => of_device(row, device, dialogs, doer),
    }
}

fn of_invitation(row: &SlotLine, dialogs: Dialogs, doer: Doer) -> Vec<MenuItem> {
    let id = row.invitation_id;
    let name = row.person_name.clone();
    let send = if row.status == SlotStatus::Created { "Send" } else { "Resend" };
    let subject = name.clone();
    let deactivate = deactivation(row);
    let correct = correction(row);
    vec![
        credentials(row, dialogs),
        MenuItem::new(send, move || doer.run(Action::Send(id), subject.clone()))
            .unless(row.mail_waits.then_some("A mail is on its way already.")),
        MenuItem::new("Correct email", move || dialogs.open(correct.clone())),
        MenuItem::new("Deactivate", move || dialogs.open(deactivate.clone())).dangerous(),
    ]
}

fn of_device(row: &SlotLine, device: &DeviceLine, dialogs: Dialogs, doer: Doer) -> Vec<MenuItem> {
    let id = device.id;
    let person = row.person_name.clone();
    let delete = deletion(row, device);
    vec![
        MenuItem::new("Renew", move || doer.run(Action::Renew(id), person.clone())).unless(renew_reason(row.status)),
        credentials(row, dialogs).unless(hidden_reason(row)),
        MenuItem::new("Delete", move || dialogs.open(delete.clone())).dangerous(),
    ]
}

/// Why a device cannot be renewed.
pub fn renew_reason(status: SlotStatus) -> Option<&'static str> {
    (status == SlotStatus::Active).then_some("The device works: there is nothing to renew.")
}

fn hidden_reason(row: &SlotLine) -> Option<&'static str> {
    match (row.shows_credentials, row.invitation_active) {
        (true, _) => None,
        (false, false) => Some("The invitation is no longer active."),
        (false, true) => Some("A device is enrolled. See Invitations."),
    }
}

fn credentials(row: &SlotLine, dialogs: Dialogs) -> MenuItem {
    let (id, name) = (row.invitation_id, row.person_name.clone());
    MenuItem::new("Show credentials", move || dialogs.open(Dialog::Credentials { id, name: name.clone() }))
}

/// Asks before the invitation of a row is deactivated.
fn deactivation(row: &SlotLine) -> Dialog {
    Dialog::Confirm(Confirm {
        action: Action::Deactivate(row.invitation_id),
        title: "Deactivate this invitation?",
        subject: row.person_name.clone(),
        effect: "Its QR code, URL and PIN stop working at once. Devices that are enrolled stay enrolled.",
        verb: "Deactivate",
        typed: false,
    })
}

/// Asks before the device of a row is deleted.
pub fn deletion(row: &SlotLine, device: &DeviceLine) -> Dialog {
    Dialog::Confirm(Confirm {
        action: Action::Delete(device.id),
        title: "Delete this device?",
        subject: device_name(row, device),
        effect: "It leaves the console and its agent can no longer report. The device itself is not erased.",
        verb: "Delete",
        typed: false,
    })
}

/// Corrects the email of a row's person.
pub fn correction(row: &SlotLine) -> Dialog {
    let draft = PersonDraft { name: row.person_name.clone(), email: row.email.clone(), locale: None };
    Dialog::Person { id: Some(row.person_id), draft, resend: Some(row.invitation_id) }
}

/// What a device is called in a sentence.
pub fn device_name(row: &SlotLine, device: &DeviceLine) -> String {
    device.name.clone().unwrap_or_else(|| format!("the device of {}", row.person_name))
}
