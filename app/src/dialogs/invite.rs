//! Invites one or several people: what is typed, and what came of it.

use super::{Dialog, Dialogs, invite_form};
use crate::{
    components::controls::modal::{close_modal, modal},
    drawing::{
        erasure::{Erase as _, dynamic_late},
        icon::{Icon, icon},
    },
    text,
    wire::InviteLine,
};
use leptos::prelude::*;

/// What came of inviting.
#[derive(Clone, PartialEq, Eq)]
pub struct Invited {
    /// The people who were asked for, with their names.
    pub results: Vec<(String, InviteLine)>,
    /// Whether mails were asked for.
    pub sent: bool,
}

pub fn view(lines: String, send: bool, on_close: Callback<()>) -> AnyView {
    let invited = RwSignal::new(None::<Invited>);
    let text = RwSignal::new(lines);
    let body = move || match invited.get() {
        None => invite_form::view(text, send, invited),
        Some(invited) => results(invited),
    };
    modal(text::invite_people(), on_close, dynamic_late(body))
}

fn results(invited: Invited) -> AnyView {
    let good = invited.results.iter().filter(|(_, result)| result.error.is_none()).count();
    let all = invited.results.len();
    let summary = match (invited.sent, good == all) {
        (true, true) => text::invited_mails(good),
        (false, true) => text::invited_without(good),
        (_, false) => text::invited_some(good, all),
    };
    view! {
        <div class="dialog-body">
            <p role="status" class="summary">{summary}</p>
            <ul class="results">{invited.results.into_iter().map(|(name, result)| row(name, result)).collect_view()}</ul>
            <div class="dialog-actions">
                <button type="button" class="button" data-kind="primary" autofocus=true on:click=|_| close_modal()>{text::done()}</button>
            </div>
        </div>
    }
    .erase_late()
}

fn row(name: String, result: InviteLine) -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    let InviteLine { email, invitation_id, error } = result;
    let tone = if error.is_none() { "ok" } else { "danger" };
    let sign = icon(if error.is_none() { Icon::Check } else { Icon::Alert });
    let end = match invitation_id {
        Some(id) => {
            let shown = name.clone();
            let show = move |_| dialogs.open(Dialog::Credentials { id, name: shown.clone() });
            view! { <button type="button" class="link-button" on:click=show>{text::show_credentials()}</button> }
                .erase_late()
        }
        None => view! { <span class="wrong">{error}</span> }.erase_late(),
    };
    view! {
        <li data-tone=tone>{sign} <span class="who"><bdi>{name}</bdi> <small><bdi>{email}</bdi></small></span> {end}</li>
    }
}
