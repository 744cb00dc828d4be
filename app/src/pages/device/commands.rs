//! The commands of a device and their states. What was requested is never shown as done.

use crate::{
    components::{
        badge::command_badge,
        keyed::keyed,
        time::{ago, exact},
    },
    data::live_query::LiveData,
    dialogs::action_runner::ActionRunner,
    drawing::{
        erasure::{IntoErased as _, reactive},
        with_views::with_views,
    },
    pages::device::contact,
    text::{self, FIRST_VIEW, SECOND_VIEW},
    wire::{AdminAction, DeviceCommandView, Moment, SlotPage},
};
use domain::device::command::CommandState;
use leptos::prelude::*;

/// The list of commands.
pub fn view(live: LiveData<SlotPage>) -> AnyView {
    let data = live.data;
    let keys = Memo::new(move |_| data.with(|page| page.iter().flat_map(|page| &page.commands).map(key).collect()));
    let contact = contact::latest(live);
    let draw = move |wanted| {
        let command = Memo::new(move |_| {
            data.with(|page| page.as_ref()?.commands.iter().find(|command| key(command) == wanted).cloned())
        });
        reactive(move || command.with(|command| command.as_ref().map(|command| row(command, contact))))
    };
    view! {
        <section class="card" aria-labelledby="commands" hidden=move || keys.with(Vec::is_empty)>
            <h2 id="commands">{text::commands()}</h2>
            <ul class="commands">{keyed(keys, draw)}</ul>
        </section>
    }
    .into_erased()
}

fn key(command: &DeviceCommandView) -> u128 {
    command.id.0.as_u128()
}

fn row(command: &DeviceCommandView, contact: Signal<Option<Moment>>) -> AnyView {
    let actions = ActionRunner::get();
    let id = command.id;
    let cancel = (!command.state.is_final()).then(|| {
        view! { <button type="button" class="link-button" on:click=move |_| actions.run(AdminAction::Cancel(id), "")>{text::cancel()}</button> }
    });
    view! {
        <li data-command=command.word.clone() data-state=command.state.as_str()>
            <div class="command-head"><strong>{command.name.clone()}</strong> {command_badge(command.state)} {cancel}</div>
            {command.text.clone().map(|text| view! { <blockquote><bdi>{text}</bdi></blockquote> })}
            <small>{requested(command)}</small>
            {outcome(command, contact)}
            {command.late.clone().map(|late| view! { <small class="wrong">{with_views(&late.text, [ago(late.at)])}</small> })}
        </li>
    }
    .into_erased()
}

/// When it was requested, and by whom.
fn requested(command: &DeviceCommandView) -> AnyView {
    let at = ago(command.requested_at);
    match command.by.clone() {
        Some(by) => {
            with_views(&text::requested_by(FIRST_VIEW, SECOND_VIEW), [at, view! { <bdi>{by}</bdi> }.into_erased()])
        }
        None => with_views(&text::requested_at(FIRST_VIEW), [at]),
    }
}

fn outcome(command: &DeviceCommandView, contact: Signal<Option<Moment>>) -> Option<AnyView> {
    if let Some(trouble) = command.trouble.clone() {
        return Some(view! { <small class="wrong"><bdi>{trouble}</bdi></small> }.into_erased());
    }
    match (command.state, command.finished_at) {
        (CommandState::Requested, _) => {
            let expires_at = command.expires_at;
            let text = move || match contact.get() {
                Some(at) => {
                    with_views(&text::waits_for_device_seen(FIRST_VIEW, SECOND_VIEW), [ago(at), exact(expires_at)])
                }
                None => with_views(&text::waits_for_device(FIRST_VIEW), [exact(expires_at)]),
            };
            Some(view! { <small>{reactive(text)}</small> }.into_erased())
        }
        (CommandState::Completed, Some(at)) => {
            Some(view! { <small>{with_views(&text::done_at(FIRST_VIEW), [ago(at)])}</small> }.into_erased())
        }
        _ => None,
    }
}
