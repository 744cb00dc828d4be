//! Invites one or several people: the form, then the results.

use super::{Dialog, Dialogs, invite_form};
use crate::{
    components::controls::modal::{close_modal, modal},
    drawing::{
        erasure::{IntoErased as _, reactive_browser_only},
        icon::{Icon, icon},
    },
    text,
    wire::InviteOutcome,
};
use leptos::prelude::*;

/// The results of inviting.
#[derive(Clone, PartialEq, Eq)]
pub struct Invited {
    /// The people who were to be invited, with their names.
    pub results: Vec<(String, InviteOutcome)>,
    /// Whether mails were to be sent.
    pub sent: bool,
}

pub fn view(lines: String, send: bool, on_close: Callback<()>) -> AnyView {
    let invited = RwSignal::new(None::<Invited>);
    let text = RwSignal::new(lines);
    let body = move || match invited.get() {
        None => invite_form::view(text, send, invited),
        Some(invited) => results(invited),
    };
    modal(text::invite_people(), on_close, reactive_browser_only(body))
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
    .into_erased_browser_only()
}

fn row(name: String, result: InviteOutcome) -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    let InviteOutcome { email, invitation_id, error } = result;
    let tone = if error.is_none() { "ok" } else { "danger" };
    let symbol = icon(if error.is_none() { Icon::Check } else { Icon::Alert });
    let end = match invitation_id {
        Some(id) => {
            let shown = name.clone();
            let show = move |_| dialogs.open(Dialog::Credentials { id, name: shown.clone() });
            view! { <button type="button" class="link-button" on:click=show>{text::show_credentials()}</button> }
                .into_erased_browser_only()
        }
        None => view! { <span class="wrong">{error}</span> }.into_erased_browser_only(),
    };
    view! {
        <li data-tone=tone>{symbol} <span class="who"><bdi>{name}</bdi> <small><bdi>{email}</bdi></small></span> {end}</li>
    }
}
