//! What can be asked of a device: to find it, to protect it.

use crate::{
    data::live_query::LiveData,
    dialogs::{Confirm, Dialog, Dialogs, action_runner::Doer},
    drawing::{
        erasure::{Erase as _, dynamic},
        icon::{Icon, icon},
    },
    pages::devices::menu::device_name,
    text,
    wire::{AdminAction, Operation, OperationLine, Order, SlotLine, SlotPage},
};
use domain::types::ids::DeviceId;
use leptos::prelude::*;

/// The buttons.
pub fn view(live: LiveData<SlotPage>, row: Memo<Option<SlotLine>>) -> AnyView {
    let offered = Memo::new(move |_| {
        live.data.with(|page| page.as_ref().map(|page| page.operations.clone()).unwrap_or_default())
    });
    let subject = Memo::new(move |_| {
        row.with(|row| {
            let row = row.as_ref()?;
            let device = row.device.as_ref()?;
            Some((device.id, device_name(row, device)))
        })
    });
    let buttons = move || {
        let (id, name) = subject.get()?;
        Some(offered.get().into_iter().map(|line| button(id, &name, line)).collect::<Vec<_>>())
    };
    view! {
        <section class="card" aria-labelledby="operations">
            <h2 id="operations">{text::operations()}</h2>
            <ul class="operations">{dynamic(buttons)}</ul>
        </section>
    }
    .erase()
}

fn button(id: DeviceId, name: &str, line: OperationLine) -> AnyView {
    let OperationLine { operation, name: label, reason } = line;
    let (doer, dialogs) = (Doer::get(), expect_context::<Dialogs>());
    let (is_off, subject) = (reason.is_some(), name.to_owned());
    let chosen = move |_| {
        if is_off {
            return;
        }
        match chosen(operation, id, &subject) {
            Chosen::Asks(dialog) => dialogs.open(dialog),
            Chosen::Does(order) => doer.run(AdminAction::Command(id, order), subject.clone()),
        }
    };
    let note = format!("why-{}", operation as u8);
    let described = is_off.then(|| note.clone());
    view! {
        <li>
            <button type="button" class="button" data-kind=(operation == Operation::Wipe).then_some("quiet-danger")
                aria-disabled=is_off.then_some("true") aria-describedby=described on:click=chosen>{icon(sign(operation))} {label}</button>
            {reason.map(|reason| view! { <small id=note><bdi>{reason}</bdi></small> })}
        </li>
    }
    .erase()
}

/// What a click does.
enum Chosen {
    /// It asks first.
    Asks(Dialog),
    /// It asks the device at once.
    Does(Order),
}

fn chosen(operation: Operation, id: DeviceId, name: &str) -> Chosen {
    let name = name.to_owned();
    match operation {
        Operation::Refresh => Chosen::Does(Order::Refresh),
        Operation::Locate => Chosen::Does(Order::Locate),
        Operation::Ring => Chosen::Does(Order::Ring),
        Operation::EndLostMode => Chosen::Does(Order::EndLostMode),
        Operation::Message => Chosen::Asks(Dialog::Message { id, name, is_lost: false }),
        Operation::LostMode => Chosen::Asks(Dialog::Message { id, name, is_lost: true }),
        Operation::Lock => Chosen::Asks(Dialog::Confirm(Confirm {
            action: AdminAction::Command(id, Order::Lock),
            title: text::ask_lock(),
            subject: name,
            effect: text::ask_lock_text(),
            verb: text::command_lock(),
            typed: false,
        })),
        Operation::Wipe => Chosen::Asks(Dialog::Confirm(Confirm {
            action: AdminAction::Command(id, Order::Wipe),
            title: text::ask_wipe(),
            subject: name,
            effect: text::ask_wipe_text(),
            verb: text::ask_wipe_verb(),
            typed: true,
        })),
    }
}

const fn sign(operation: Operation) -> Icon {
    match operation {
        Operation::Refresh => Icon::Refresh,
        Operation::Locate => Icon::Pin,
        Operation::Ring => Icon::Bell,
        Operation::Message => Icon::Message,
        Operation::Lock => Icon::Lock,
        Operation::LostMode | Operation::EndLostMode => Icon::Shield,
        Operation::Wipe => Icon::Trash,
    }
}
