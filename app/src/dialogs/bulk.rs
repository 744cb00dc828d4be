//! Asks before many rows are changed, changes them, and shows what was refused and why.

use crate::{
    components::controls::{
        field::FormError,
        modal::{close_modal, modal},
    },
    data::api::bulk::bulk,
    dialogs::action_runner::ActionRunner,
    drawing::{
        erasure::{IntoErased as _, reactive_browser_only},
        icon::{Icon, icon},
    },
    text::{self, Text as _},
    wire::{BulkOutcome, BulkRequest, error::AppError},
};
use domain::list::bulk::{BulkAction, InvitationAction};
use leptos::{prelude::*, task::spawn_local};

/// The question before many rows are changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// The action and the rows.
    pub request: BulkRequest,
    /// The number of rows.
    pub number: u64,
}

/// The title, the consequences, and the label of the button.
fn texts(request: &BulkRequest) -> (&'static str, &'static str, &'static str) {
    match request {
        BulkRequest::Rows(verb, _) => {
            let (title, effect) = texts_for_rows(*verb);
            (title, effect, verb.text())
        }
        BulkRequest::Invitations(verb, _) => {
            let (title, effect) = texts_for_invitations(*verb);
            (title, effect, verb.text())
        }
        BulkRequest::Invite(_) => (text::invite_many_title(), text::invite_many_effect(), text::invite_many()),
    }
}

fn texts_for_invitations(verb: InvitationAction) -> (&'static str, &'static str) {
    match verb {
        InvitationAction::Resend => (text::bulk_resend(), text::invitations_resend_text()),
        InvitationAction::Renew => (text::invitations_renew(), text::invitations_renew_text()),
        InvitationAction::Deactivate => (text::bulk_deactivate(), text::invitations_deactivate_text()),
    }
}

fn texts_for_rows(verb: BulkAction) -> (&'static str, &'static str) {
    match verb {
        BulkAction::Resend => (text::bulk_resend(), text::bulk_resend_text()),
        BulkAction::Renew => (text::bulk_renew(), text::bulk_renew_text()),
        BulkAction::Deactivate => (text::bulk_deactivate(), text::bulk_deactivate_text()),
        BulkAction::Locate => (text::bulk_locate(), text::bulk_locate_text()),
        BulkAction::Lock => (text::bulk_lock(), text::bulk_lock_text()),
        BulkAction::Delete => (text::bulk_delete(), text::bulk_delete_text()),
    }
}

pub fn view(what: Bulk, on_close: Callback<()>) -> AnyView {
    let result = RwSignal::new(None::<BulkOutcome>);
    let (title, ..) = texts(&what.request);
    let is_command = matches!(what.request, BulkRequest::Rows(BulkAction::Locate | BulkAction::Lock, _));
    let body = move || match result.get() {
        None => question(what.clone(), result),
        Some(result) => outcome(result, is_command),
    };
    modal(title, on_close, reactive_browser_only(body))
}

fn question(what: Bulk, result: RwSignal<Option<BulkOutcome>>) -> AnyView {
    let actions = ActionRunner::get();
    let Bulk { request, number } = what;
    let (_, effect, button) = texts(&request);
    let error = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let (subject, is_harmless) = match &request {
        BulkRequest::Rows(verb, _) => {
            (text::count_rows(number), matches!(verb, BulkAction::Resend | BulkAction::Renew | BulkAction::Locate))
        }
        BulkRequest::Invitations(verb, _) => (text::count_invitations(number), *verb != InvitationAction::Deactivate),
        BulkRequest::Invite(_) => (text::count_people(number), true),
    };
    let kind = if is_harmless { "primary" } else { "danger" };
    let run = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let request = request.clone();
        spawn_local(async move {
            let answer = bulk(request).await;
            actions.finish(&answer);
            busy.set(false);
            match answer {
                Ok(done) => result.set(Some(done)),
                Err(reason) => error.set(Some(reason)),
            }
        });
    };
    view! {
        <div class="dialog-body">
            <p class="subject">{subject}</p>
            <p>{effect}</p>
            <FormError error=error.into()/>
            <div class="dialog-actions">
                <button type="button" class="button" autofocus=true on:click=|_| close_modal()>{text::cancel()}</button>
                <button type="button" class="button" data-kind=kind aria-busy=move || busy.get().then_some("true") on:click=run>{button}</button>
            </div>
        </div>
    }
    .into_erased_browser_only()
}

/// What came of it. Commands were requested: whether devices carry them out is shown on their pages.
fn outcome(result: BulkOutcome, is_command: bool) -> AnyView {
    let BulkOutcome { done, refused } = result;
    let summary = match (refused.len(), is_command) {
        (0, false) => text::rows_done(done),
        (left, false) => text::rows_done_but(done, left),
        (0, true) => text::rows_requested(done),
        (left, true) => text::rows_requested_but(done, left),
    };
    let symbol = if refused.is_empty() { Icon::Check } else { Icon::Alert };
    let left = refused
        .into_iter()
        .map(|(name, reason)| view! { <li><bdi>{name}</bdi> <small>{reason}</small></li> }.into_erased_browser_only());
    view! {
        <div class="dialog-body">
            <p role="status">{icon(symbol)} " " {summary}</p>
            <ul class="results">{left.collect::<Vec<_>>()}</ul>
            <div class="dialog-actions">
                <button type="button" class="button" data-kind="primary" autofocus=true on:click=|_| close_modal()>{text::done()}</button>
            </div>
        </div>
    }
    .into_erased_browser_only()
}
