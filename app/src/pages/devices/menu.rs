//! The menu of a slot: its actions, and why some are disabled.

use crate::{
    components::controls::menu::MenuItem,
    dialogs::{Confirm, Dialog, Dialogs, action_runner::ActionRunner},
    text,
    wire::{AdminAction, DeviceView, MailProgress, PersonDraft, SlotRowView},
};
use domain::slot::SlotStatus;

/// The entries of a row's menu: those of its page, and what leads there.
pub fn row_menu_items(row: &SlotRowView, dialogs: Dialogs, actions: ActionRunner) -> Vec<MenuItem> {
    let ended = matches!(row.status, SlotStatus::Unenrolled | SlotStatus::Wiped | SlotStatus::Replaced);
    let has_operations = row.device.is_some() && !row.is_damaged && !ended;
    let operate = has_operations.then(|| MenuItem::link(text::operate(), format!("/devices/{}", row.id)));
    operate.into_iter().chain(menu_items(row, dialogs, actions)).collect()
}

/// The entries of a slot's menu.
pub fn menu_items(row: &SlotRowView, dialogs: Dialogs, actions: ActionRunner) -> Vec<MenuItem> {
    match &row.device {
        // Nothing can be decided about a row that cannot be read.
        _ if row.is_damaged => vec![MenuItem::unusable()],
        None => of_invitation(row, dialogs, actions),
        Some(device) => of_device(row, device, dialogs, actions),
    }
}

fn of_invitation(row: &SlotRowView, dialogs: Dialogs, actions: ActionRunner) -> Vec<MenuItem> {
    let id = row.invitation_id;
    let name = row.person_name.clone();
    let send = if row.status == SlotStatus::Created { text::send() } else { text::resend() };
    let subject = name.clone();
    let deactivate = deactivation(row);
    let correct = correction(row);
    vec![
        credentials(row, dialogs),
        MenuItem::new(send, move || actions.run(AdminAction::Send(id), subject.clone()))
            .unless((row.mail == MailProgress::OnItsWay).then(text::mail_on_its_way)),
        MenuItem::new(text::correct_email(), move || dialogs.open(correct.clone())),
        MenuItem::new(text::deactivate(), move || dialogs.open(deactivate.clone())).dangerous(),
    ]
}

fn of_device(row: &SlotRowView, device: &DeviceView, dialogs: Dialogs, actions: ActionRunner) -> Vec<MenuItem> {
    let id = device.id;
    let person = row.person_name.clone();
    let delete = deletion(row, device);
    let delete = MenuItem::new(text::delete(), move || dialogs.open(delete.clone())).dangerous();
    // A device that works needs neither: entries that are off for every one of them would only be in the way.
    if row.status == SlotStatus::Active {
        return vec![delete];
    }
    vec![
        MenuItem::new(text::renew(), move || actions.run(AdminAction::Renew(id), person.clone()))
            .unless(renew_reason(row.status)),
        credentials(row, dialogs).unless(hidden_reason(row)),
        delete,
    ]
}

/// Why a device cannot be renewed.
pub fn renew_reason(status: SlotStatus) -> Option<&'static str> {
    match status {
        SlotStatus::Active => Some(text::nothing_to_renew()),
        SlotStatus::Replaced => Some(text::refused_device_replaced()),
        _ => None,
    }
}

fn hidden_reason(row: &SlotRowView) -> Option<&'static str> {
    match (row.shows_credentials, row.invitation_active) {
        (true, _) => None,
        (false, false) => Some(text::invitation_not_active()),
        (false, true) => Some(text::device_is_enrolled()),
    }
}

fn credentials(row: &SlotRowView, dialogs: Dialogs) -> MenuItem {
    let (id, name) = (row.invitation_id, row.person_name.clone());
    MenuItem::new(text::show_credentials(), move || dialogs.open(Dialog::Credentials { id, name: name.clone() }))
}

/// The question before the invitation of a row is deactivated.
fn deactivation(row: &SlotRowView) -> Dialog {
    Dialog::Confirm(Confirm {
        action: AdminAction::Deactivate(row.invitation_id),
        title: text::ask_deactivate(),
        subject: row.person_name.clone(),
        effect: text::ask_deactivate_text(),
        verb: text::deactivate(),
        typed: false,
    })
}

/// The question before the device of a row is deleted.
pub fn deletion(row: &SlotRowView, device: &DeviceView) -> Dialog {
    Dialog::Confirm(Confirm {
        // Who confirms this has read that the wipe ends with the device.
        action: AdminAction::Delete(device.id, device.wipe_waits),
        title: text::ask_delete(),
        subject: device_name(row, device),
        effect: if device.wipe_waits { text::ask_delete_with_wipe() } else { text::ask_delete_text() },
        verb: text::delete(),
        typed: false,
    })
}

/// The dialog that corrects the email of a row's person.
pub fn correction(row: &SlotRowView) -> Dialog {
    let draft = PersonDraft { name: row.person_name.clone(), email: row.email.clone(), locale: None };
    Dialog::Person { id: Some(row.person_id), draft, resend: Some(row.invitation_id) }
}

/// The name of a device in a sentence.
pub fn device_name(row: &SlotRowView, device: &DeviceView) -> String {
    device.name.clone().unwrap_or_else(|| text::device_of(&row.person_name))
}
