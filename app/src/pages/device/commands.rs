//! The commands of a device and where each stands. What was requested is never shown as done.

use crate::{
    actions::{Action, Doer},
    components::{badge::command_badge, time::{ago, exact}},
    loaded::Loaded,
    words::command_label,
};
use domain::{
    Timestamp,
    command::{CommandKind, CommandState},
    journal::Actor,
    views::{CommandView, SlotDetail},
};
use leptos::prelude::*;

/// The list of commands.
pub fn view(loaded: Loaded<SlotDetail>) -> AnyView {
    let commands = Memo::new(move |_| loaded.data.with(|shown| shown.as_ref().map(|shown| shown.commands.clone()).unwrap_or_default()));
    let contact = Memo::new(move |_| {
        loaded.data.with(|shown| shown.as_ref().and_then(|shown| shown.item.row.device.as_ref().map(|device| device.last_contact_at)))
    });
    let rows = move || {
        commands.with(|commands| {
            (!commands.is_empty()).then(|| {
                let rows = commands.iter().map(|command| row(command, contact.get())).collect_view();
                view! {
                    <section class="card" aria-labelledby="commands">
                        <h2 id="commands">"Commands"</h2>
                        <ul class="commands" aria-live="polite">{rows}</ul>
                    </section>
                }
            })
        })
    };
    rows.into_any()
}

fn row(command: &CommandView, contact: Option<Timestamp>) -> AnyView {
    let doer = Doer::get();
    let id = command.id;
    let cancel = (!command.state.is_final()).then(|| {
        view! { <button type="button" class="link-button" on:click=move |_| doer.run(Action::Cancel(id), "")>"Cancel"</button> }
    });
    let by = match &command.requested_by {
        Actor::Account(name) | Actor::ApiToken(name) => Some(view! { " by " <bdi>{name.clone()}</bdi> }),
        _ => None,
    };
    view! {
        <li data-command=command.kind.name() data-state=command.state.as_str()>
            <div class="command-head"><strong>{command_label(command.kind.name()).to_owned()}</strong> {command_badge(command.state)} {cancel}</div>
            {parameter(&command.kind)}
            <small>"Requested " {ago(command.requested_at)} {by}</small>
            {outcome(command, contact)}
        </li>
    }
    .into_any()
}

fn parameter(kind: &CommandKind) -> Option<AnyView> {
    match kind {
        CommandKind::Message { text } => Some(view! { <blockquote><bdi>{text.clone()}</bdi></blockquote> }.into_any()),
        _ => None,
    }
}

fn outcome(command: &CommandView, contact: Option<Timestamp>) -> Option<AnyView> {
    if let Some(error) = &command.error {
        let text = if error.message.is_empty() { error.code.clone() } else { error.message.clone() };
        return Some(view! { <small class="wrong"><bdi>{text}</bdi></small> }.into_any());
    }
    match (command.state, command.finished_at) {
        (CommandState::Requested, _) => {
            let seen = contact.map(|at| view! { " (last seen " {ago(at)} ")" });
            Some(view! { <small>"Waiting for the device" {seen} ". Expires " {exact(command.expires_at)} "."</small> }.into_any())
        }
        (CommandState::Completed, Some(at)) => Some(view! { <small>"Done " {ago(at)}</small> }.into_any()),
        _ => None,
    }
}
