//! What can be asked of a device: to find it, to protect it.

use crate::{
    actions::{Action, Doer, Order},
    components::icon::{Icon, icon},
    dialogs::{Confirm, Dialog, Dialogs},
    erase::{Erase as _, dynamic},
    pages::devices::offers::device_name,
    views::{DeviceLine, SlotLine},
};
use domain::{device::Platform, slot::SlotStatus};
use leptos::prelude::*;

/// The buttons.
pub fn view(row: Memo<Option<SlotLine>>) -> AnyView {
    let buttons = move || row.with(|row| row.as_ref().and_then(|row| Some(buttons(row, row.device.as_ref()?))));
    view! {
        <section class="card" aria-labelledby="operations">
            <h2 id="operations">"Operations"</h2>
            {dynamic(buttons)}
        </section>
    }
    .erase()
}

fn buttons(row: &SlotLine, device: &DeviceLine) -> AnyView {
    let id = device.id;
    let name = device_name(row, device);
    let ask = |label, sign, kind: Order| {
        let (doer, name) = (Doer::get(), name.clone());
        let reason = reason(row.status, device.platform, &kind);
        button(label, sign, reason, false, move || doer.run(Action::Command(id, kind.clone()), name.clone()))
    };
    let dialogs = expect_context::<Dialogs>();
    let message = Dialog::Message { id, name: name.clone() };
    let message_reason = reason(row.status, device.platform, &Order::Message(String::new()));
    let (lock, wipe) = (confirm_lock(id, &name), confirm_wipe(id, &name));
    let lock_reason = reason(row.status, device.platform, &Order::Lock);
    let wipe_reason = reason(row.status, device.platform, &Order::Wipe);
    view! {
        <ul class="operations">
            {ask("Refresh", Icon::Refresh, Order::Refresh)}
            {ask("Locate", Icon::Pin, Order::Locate)}
            {ask("Ring", Icon::Bell, Order::Ring)}
            {button("Message", Icon::Message, message_reason, false, move || dialogs.open(message.clone()))}
            {button("Lock", Icon::Lock, lock_reason, false, move || dialogs.open(lock.clone()))}
            {button("Wipe", Icon::Trash, wipe_reason, true, move || dialogs.open(wipe.clone()))}
        </ul>
    }
    .erase()
}

fn button(
    label: &'static str,
    sign: Icon,
    reason: Option<&'static str>,
    danger: bool,
    act: impl Fn() + 'static,
) -> AnyView {
    let chosen = move |_| {
        if reason.is_none() {
            act();
        }
    };
    let note = format!("why-{}", label.to_lowercase());
    view! {
        <li>
            <button type="button" class="button" data-kind=danger.then_some("quiet-danger") aria-disabled=reason.map(|_| "true")
                aria-describedby=reason.map(|_| note.clone()) on:click=chosen>{icon(sign)} {label}</button>
            {reason.map(|reason| view! { <small id=note.clone()>{reason}</small> })}
        </li>
    }
    .erase()
}

fn confirm_lock(id: domain::ids::DeviceId, name: &str) -> Dialog {
    Dialog::Confirm(Confirm {
        action: Action::Command(id, Order::Lock),
        title: "Lock this device?",
        subject: name.to_owned(),
        effect: "Its screen locks as soon as the device asks for commands. The person unlocks it as usual.",
        verb: "Lock",
        typed: false,
    })
}

fn confirm_wipe(id: domain::ids::DeviceId, name: &str) -> Dialog {
    Dialog::Confirm(Confirm {
        action: Action::Command(id, Order::Wipe),
        title: "Wipe this device?",
        subject: name.to_owned(),
        effect: "Everything on it is erased as soon as the device asks for commands. Nobody can undo this.",
        verb: "Wipe everything",
        typed: true,
    })
}

/// Why a device cannot be asked for this.
fn reason(status: SlotStatus, platform: Platform, kind: &Order) -> Option<&'static str> {
    if status == SlotStatus::Unenrolled {
        return Some("The device is unenrolled.");
    }
    match (platform, kind) {
        (Platform::Android, Order::Wipe) => Some("Needs an agent that owns the device, set up from the factory state."),
        (Platform::Linux, Order::Wipe) => Some("The reference agent never erases its host."),
        (Platform::Linux, Order::Lock) => Some("The reference agent cannot lock its host."),
        (Platform::Ios | Platform::Ipados, Order::Locate | Order::Ring) => {
            Some("Only supervised devices in lost mode can do this.")
        }
        (Platform::Ios | Platform::Ipados, Order::Message(_)) => {
            Some("Apple’s protocol has no messages outside of Lock.")
        }
        _ => None,
    }
}
