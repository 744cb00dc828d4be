//! What is offered for a slot, and why not.

use crate::{
    components::controls::menu::MenuItem,
    dialogs::{Confirm, Dialog, Dialogs, action_runner::Doer},
    text,
    wire::{AdminAction, DeviceLine, PersonDraft, SlotLine},
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
    let send = if row.status == SlotStatus::Created { text::send() } else { text::resend() };
    let subject = name.clone();
    let deactivate = deactivation(row);
    let correct = correction(row);
    vec![
        credentials(row, dialogs),
        MenuItem::new(send, move || doer.run(AdminAction::Send(id), subject.clone()))
            .unless(row.mail_waits.then(text::mail_on_its_way)),
        MenuItem::new(text::correct_email(), move || dialogs.open(correct.clone())),
        MenuItem::new(text::deactivate(), move || dialogs.open(deactivate.clone())).dangerous(),
    ]
}

fn of_device(row: &SlotLine, device: &DeviceLine, dialogs: Dialogs, doer: Doer) -> Vec<MenuItem> {
    let id = device.id;
    let person = row.person_name.clone();
    let delete = deletion(row, device);
    vec![
        MenuItem::new(text::renew(), move || doer.run(AdminAction::Renew(id), person.clone()))
            .unless(renew_reason(row.status)),
        credentials(row, dialogs).unless(hidden_reason(row)),
        MenuItem::new(text::delete(), move || dialogs.open(delete.clone())).dangerous(),
    ]
}

/// Why a device cannot be renewed.
pub fn renew_reason(status: SlotStatus) -> Option<&'static str> {
    (status == SlotStatus::Active).then(text::nothing_to_renew)
}

fn hidden_reason(row: &SlotLine) -> Option<&'static str> {
    match (row.shows_credentials, row.invitation_active) {
        (true, _) => None,
        (false, false) => Some(text::invitation_not_active()),
        (false, true) => Some(text::device_is_enrolled()),
    }
}

fn credentials(row: &SlotLine, dialogs: Dialogs) -> MenuItem {
    let (id, name) = (row.invitation_id, row.person_name.clone());
    MenuItem::new(text::show_credentials(), move || dialogs.open(Dialog::Credentials { id, name: name.clone() }))
}

/// Asks before the invitation of a row is deactivated.
fn deactivation(row: &SlotLine) -> Dialog {
    Dialog::Confirm(Confirm {
        action: AdminAction::Deactivate(row.invitation_id),
        title: text::ask_deactivate(),
        subject: row.person_name.clone(),
        effect: text::ask_deactivate_text(),
        verb: text::deactivate(),
        typed: false,
    })
}

/// Asks before the device of a row is deleted.
pub fn deletion(row: &SlotLine, device: &DeviceLine) -> Dialog {
    Dialog::Confirm(Confirm {
        action: AdminAction::Delete(device.id),
        title: text::ask_delete(),
        subject: device_name(row, device),
        effect: text::ask_delete_text(),
        verb: text::delete(),
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
    device.name.clone().unwrap_or_else(|| text::device_of(&row.person_name))
}
