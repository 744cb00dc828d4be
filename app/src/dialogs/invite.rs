//! Invites one or several people: what is typed, and what came of it.

use super::{Dialog, Dialogs, invite_form};
use crate::components::{
    icon::{Icon, icon},
    modal::Modal,
};
use domain::views::InviteResult;
use leptos::prelude::*;

/// What came of inviting.
#[derive(Clone, PartialEq, Eq)]
pub struct Invited {
    /// The people who were asked for, with their names.
    pub results: Vec<(String, InviteResult)>,
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
    view! {
        <Modal title="Invite people" on_close=on_close>{body}</Modal>
    }
    .into_any()
}

fn results(invited: Invited) -> AnyView {
    let dialogs = expect_context::<Dialogs>();
    let good = invited.results.iter().filter(|(_, result)| result.outcome.is_ok()).count();
    let all = invited.results.len();
    let summary = match (invited.sent, good == all) {
        (true, true) => format!("{good} invited. The mails are on their way."),
        (false, true) => format!("{good} created without sending. Hand the credentials out yourself."),
        (_, false) => format!("{good} of {all} invited."),
    };
    view! {
        <div class="dialog-body">
            <p role="status" class="summary">{summary}</p>
            <ul class="results">{invited.results.into_iter().map(|(name, result)| row(name, result)).collect_view()}</ul>
            <div class="dialog-actions">
                <button type="button" class="button" data-kind="primary" autofocus=true on:click=move |_| dialogs.close()>"Done"</button>
            </div>
        </div>
    }
    .into_any()
}

fn row(name: String, result: InviteResult) -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    let InviteResult { email, outcome } = result;
    let tone = if outcome.is_ok() { "ok" } else { "danger" };
    let sign = icon(if outcome.is_ok() { Icon::Check } else { Icon::Alert });
    let end = match outcome {
        Ok(invited) => {
            let id = invited.invitation_id;
            let shown = name.clone();
            let show = move |_| dialogs.open(Dialog::Credentials { id, name: shown.clone() });
            view! { <button type="button" class="link-button" on:click=show>"Show credentials"</button> }.into_any()
        }
        Err(reason) => view! { <span class="wrong">{reason}</span> }.into_any(),
    };
    view! {
        <li data-tone=tone>{sign} <span class="who"><bdi>{name}</bdi> <small><bdi>{email}</bdi></small></span> {end}</li>
    }
}
