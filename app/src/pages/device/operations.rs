//! Operations of a device: to find it, and to protect it.

use crate::{
    components::badge::command_badge,
    data::live_query::LiveData,
    dialogs::{Confirm, Dialog, Dialogs, action_runner::ActionRunner},
    drawing::{
        erasure::{IntoErased as _, reactive},
        icon::{Icon, icon},
    },
    pages::devices::menu::device_name,
    text,
    wire::{AdminAction, CommandRequest, Operation, OperationView, SlotPage, SlotRowView},
};
use domain::types::ids::DeviceId;
use leptos::prelude::*;

/// The buttons.
pub fn view(live: LiveData<SlotPage>, row: Memo<Option<SlotRowView>>) -> AnyView {
    let operations = Memo::new(move |_| {
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
        Some(operations.get().into_iter().map(|operation| button(id, &name, operation)).collect::<Vec<_>>())
    };
    view! {
        <section class="card" aria-labelledby="operations">
            <h2 id="operations">{text::operations()}</h2>
            <ul class="operations">{reactive(buttons)}</ul>
            {latest(live)}
        </section>
    }
    .into_erased()
}

/// The latest command that was requested while the page has been open, and how far it is. A screen reader hears it as
/// news of the page.
fn latest(live: LiveData<SlotPage>) -> AnyView {
    let newest =
        move || live.data.with(|page| page.as_ref()?.commands.first().map(|one| (one.id, one.name.clone(), one.state)));
    let known = untrack(newest).map(|(id, ..)| id);
    let news = Memo::new(move |_| newest().filter(|(id, ..)| Some(*id) != known));
    let draw = move || {
        let (_, name, state) = news.get()?;
        Some(view! { <p class="command-head latest"><strong>{name}</strong> {command_badge(state)}</p> }.into_erased())
    };
    reactive(draw)
}

fn button(id: DeviceId, name: &str, view: OperationView) -> AnyView {
    let OperationView { operation, name: label, reason } = view;
    let (actions, dialogs) = (ActionRunner::get(), expect_context::<Dialogs>());
    let (is_off, subject) = (reason.is_some(), name.to_owned());
    let clicked = move |_| {
        if is_off {
            return;
        }
        match click(operation, id, &subject) {
            Click::OpensDialog(dialog) => dialogs.open(dialog),
            Click::SendsRequest(request) => actions.run(AdminAction::Command(id, request), subject.clone()),
        }
    };
    let note = format!("why-{}", operation as u8);
    let described = is_off.then(|| note.clone());
    view! {
        <li>
            <button type="button" class="button" data-kind=matches!(operation, Operation::Wipe | Operation::Unenroll).then_some("quiet-danger")
                aria-disabled=is_off.then_some("true") aria-describedby=described on:click=clicked>{icon(symbol(operation))} {label}</button>
            {reason.map(|reason| view! { <small id=note><bdi>{reason}</bdi></small> })}
        </li>
    }
    .into_erased()
}

/// What a click does.
enum Click {
    /// Opens a dialog that asks first.
    OpensDialog(Dialog),
    /// Sends the request at once.
    SendsRequest(CommandRequest),
}

fn click(operation: Operation, id: DeviceId, name: &str) -> Click {
    let name = name.to_owned();
    match operation {
        Operation::Refresh => Click::SendsRequest(CommandRequest::Refresh),
        Operation::Locate => Click::SendsRequest(CommandRequest::Locate),
        Operation::Ring => Click::SendsRequest(CommandRequest::Ring),
        Operation::EndLostMode => Click::SendsRequest(CommandRequest::EndLostMode),
        Operation::Message => Click::OpensDialog(Dialog::Message { id, name, is_lost: false }),
        Operation::LostMode => Click::OpensDialog(Dialog::Message { id, name, is_lost: true }),
        Operation::Lock => Click::OpensDialog(Dialog::Confirm(Confirm {
            action: AdminAction::Command(id, CommandRequest::Lock),
            title: text::ask_lock(),
            subject: name,
            effect: text::ask_lock_text(),
            verb: text::command_lock(),
            typed: false,
        })),
        Operation::Wipe => Click::OpensDialog(Dialog::Confirm(Confirm {
            action: AdminAction::Command(id, CommandRequest::Wipe),
            title: text::ask_wipe(),
            subject: name,
            effect: text::ask_wipe_text(),
            verb: text::ask_wipe_verb(),
            typed: true,
        })),
        Operation::Unenroll => Click::OpensDialog(Dialog::Confirm(Confirm {
            action: AdminAction::Command(id, CommandRequest::Unenroll),
            title: text::ask_unenroll(),
            subject: name,
            effect: text::ask_unenroll_text(),
            verb: text::command_unenroll(),
            typed: false,
        })),
    }
}

const fn symbol(operation: Operation) -> Icon {
    match operation {
        Operation::Refresh => Icon::Refresh,
        Operation::Locate => Icon::Pin,
        Operation::Ring => Icon::Bell,
        Operation::Message => Icon::Message,
        Operation::Lock => Icon::Lock,
        Operation::LostMode | Operation::EndLostMode => Icon::Shield,
        Operation::Wipe | Operation::Unenroll => Icon::Trash,
    }
}
