//! Asks before something is done to many rows, does it, and says what came of each.

use crate::{
    actions::Doer,
    api::bulk::{BulkOutcome, Work, bulk},
    components::{
        field::FormError,
        icon::{Icon, icon},
        modal::{close_modal, modal},
    },
    erase::{Erase as _, dynamic_late},
    error::AppError,
    say,
    words::count,
};
use domain::bulk::BulkAction;
use leptos::{prelude::*, task::spawn_local};

/// What is asked before many rows are changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// What is done, and to which rows.
    pub work: Work,
    /// How many they are.
    pub number: u64,
}

/// Title, what follows, and the button.
fn words(work: &Work) -> (&'static str, &'static str, &'static str) {
    let verb = match work {
        Work::Rows(verb, _) => verb,
        Work::Invite(_) => return (say::invite_many_title(), say::invite_many_effect(), say::invite_many()),
    };
    match verb {
        BulkAction::Resend => (
            "Resend invitations?",
            "Each person gets the invitation mail again. Rows with a device are left out.",
            "Resend",
        ),
        BulkAction::Renew => (
            "Renew devices?",
            "Each person gets a mail that leads through enrollment again. Rows without a device are left out.",
            "Renew",
        ),
        BulkAction::Deactivate => (
            "Deactivate invitations?",
            "Their QR codes, URLs and PINs stop working at once. Rows with a device are left out.",
            "Deactivate",
        ),
        BulkAction::Delete => (
            "Delete devices?",
            "They leave the console and their agents can no longer report. The devices themselves are not erased; rows without one are left out.",
            "Delete",
        ),
    }
}

pub fn view(what: Bulk, on_close: Callback<()>) -> AnyView {
    let result = RwSignal::new(None::<BulkOutcome>);
    let (title, ..) = words(&what.work);
    let body = move || match result.get() {
        None => question(what.clone(), result),
        Some(result) => outcome(result),
    };
    modal(title, on_close, dynamic_late(body))
}

fn question(what: Bulk, result: RwSignal<Option<BulkOutcome>>) -> AnyView {
    let doer = Doer::get();
    let Bulk { work, number } = what;
    let (_, effect, button) = words(&work);
    let error = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let is_harmless = matches!(work, Work::Rows(BulkAction::Resend | BulkAction::Renew, _) | Work::Invite(_));
    let kind = if is_harmless { "primary" } else { "danger" };
    let run = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let work = work.clone();
        spawn_local(async move {
            let answer = bulk(work).await;
            doer.finish(&answer);
            busy.set(false);
            match answer {
                Ok(done) => result.set(Some(done)),
                Err(reason) => error.set(Some(reason)),
            }
        });
    };
    view! {
        <div class="dialog-body">
            <p class="subject">{count(number, "row", "rows")}</p>
            <p>{effect}</p>
            <FormError error=error.into()/>
            <div class="dialog-actions">
                <button type="button" class="button" autofocus=true on:click=|_| close_modal()>"Cancel"</button>
                <button type="button" class="button" data-kind=kind aria-busy=move || busy.get().then_some("true") on:click=run>{button}</button>
            </div>
        </div>
    }
    .erase_late()
}

fn outcome(result: BulkOutcome) -> AnyView {
    let BulkOutcome { done, refused } = result;
    let summary = if refused.is_empty() {
        format!("{} done.", count(done, "row", "rows"))
    } else {
        format!("{} done, {} left as they were:", count(done, "row", "rows"), refused.len())
    };
    let sign = if refused.is_empty() { Icon::Check } else { Icon::Alert };
    let left = refused
        .into_iter()
        .map(|(name, reason)| view! { <li><bdi>{name}</bdi> <small>{reason}</small></li> }.erase_late());
    view! {
        <div class="dialog-body">
            <p role="status">{icon(sign)} " " {summary}</p>
            <ul class="results">{left.collect::<Vec<_>>()}</ul>
            <div class="dialog-actions">
                <button type="button" class="button" data-kind="primary" autofocus=true on:click=|_| close_modal()>"Done"</button>
            </div>
        </div>
    }
    .erase_late()
}
