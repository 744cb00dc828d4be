//! Asks before something is done to many rows, does it, and says what came of each.

use crate::{
    actions::Doer,
    api::bulk::{BulkOutcome, bulk},
    components::{
        field::FormError,
        icon::{Icon, icon},
        modal::{close_modal, modal},
    },
    erase::{Erase as _, dynamic_late},
    error::AppError,
    say,
    words::Words as _,
};
use domain::bulk::{BulkAction, Selection};
use leptos::{prelude::*, task::spawn_local};

/// What is asked before many rows are changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// What is done.
    pub verb: BulkAction,
    /// To which rows.
    pub rows: Selection,
    /// How many they are.
    pub number: u64,
}

/// Title, and what follows.
fn words(verb: BulkAction) -> (&'static str, &'static str) {
    match verb {
        BulkAction::Resend => (say::bulk_resend(), say::bulk_resend_text()),
        BulkAction::Renew => (say::bulk_renew(), say::bulk_renew_text()),
        BulkAction::Deactivate => (say::bulk_deactivate(), say::bulk_deactivate_text()),
        BulkAction::Delete => (say::bulk_delete(), say::bulk_delete_text()),
    }
}

pub fn view(what: Bulk, on_close: Callback<()>) -> AnyView {
    let result = RwSignal::new(None::<BulkOutcome>);
    let (title, _) = words(what.verb);
    let body = move || match result.get() {
        None => question(what.clone(), result),
        Some(result) => outcome(result),
    };
    modal(title, on_close, dynamic_late(body))
}

fn question(what: Bulk, result: RwSignal<Option<BulkOutcome>>) -> AnyView {
    let doer = Doer::get();
    let Bulk { verb, rows, number } = what;
    let (_, effect) = words(verb);
    let error = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let run = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let rows = rows.clone();
        spawn_local(async move {
            let answer = bulk(verb, rows).await;
            doer.finish(&answer);
            busy.set(false);
            match answer {
                Ok(done) => result.set(Some(done)),
                Err(reason) => error.set(Some(reason)),
            }
        });
    };
    let kind = if matches!(verb, BulkAction::Resend | BulkAction::Renew) { "primary" } else { "danger" };
    view! {
        <div class="dialog-body">
            <p class="subject">{say::count_rows(number)}</p>
            <p>{effect}</p>
            <FormError error=error.into()/>
            <div class="dialog-actions">
                <button type="button" class="button" autofocus=true on:click=|_| close_modal()>{say::cancel()}</button>
                <button type="button" class="button" data-kind=kind aria-busy=move || busy.get().then_some("true") on:click=run>{verb.words()}</button>
            </div>
        </div>
    }
    .erase_late()
}

fn outcome(result: BulkOutcome) -> AnyView {
    let BulkOutcome { done, refused } = result;
    let summary = if refused.is_empty() { say::rows_done(done) } else { say::rows_done_but(done, refused.len()) };
    let sign = if refused.is_empty() { Icon::Check } else { Icon::Alert };
    let left = refused
        .into_iter()
        .map(|(name, reason)| view! { <li><bdi>{name}</bdi> <small>{reason}</small></li> }.erase_late());
    view! {
        <div class="dialog-body">
            <p role="status">{icon(sign)} " " {summary}</p>
            <ul class="results">{left.collect::<Vec<_>>()}</ul>
            <div class="dialog-actions">
                <button type="button" class="button" data-kind="primary" autofocus=true on:click=|_| close_modal()>{say::done()}</button>
            </div>
        </div>
    }
    .erase_late()
}
