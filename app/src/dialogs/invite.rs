//! Invites one or several people: the form, then the progress of the job, then its results. The server keeps the job, so
//! that the dialog or the browser may be closed meanwhile; a dialog that is opened while one is running shows it.

use super::{Dialog, Dialogs, action_runner::ActionRunner, invite_form};
use crate::{
    components::controls::modal::{close_modal, modal},
    data::{api::invitations::invite, session::Session},
    drawing::{
        erasure::{IntoErased as _, reactive_browser_only},
        icon::{Icon, icon},
    },
    text,
    wire::{InviteJobView, InviteOutcome, InviteRequest, InviteView, error::AppError},
};
use domain::types::ids::InviteJobId;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// Pause before a running job is looked at again, in milliseconds.
const LOOK_AGAIN_MS: u64 = 400;
/// The same when the server did not answer.
const NO_ANSWER_MS: u64 = 2000;

/// The job that the dialog is about.
#[derive(Clone, Copy)]
pub struct InviteJobs {
    /// The id for the next job, once the server has told one.
    next: RwSignal<Option<InviteJobId>>,
    /// The job; `None` shows the form.
    job: RwSignal<Option<InviteJobView>>,
    actions: ActionRunner,
    session: Session,
}

impl InviteJobs {
    /// Asks the server, and shows the job that it answers with.
    ///
    /// # Errors
    /// The server refused, or did not answer.
    pub async fn ask(self, request: InviteRequest) -> Result<(), AppError> {
        let InviteView { next, job } = invite(request).await.inspect_err(|error| self.session.note(error))?;
        self.next.try_set(Some(next));
        if let Some(job) = job {
            self.show(job);
        }
        Ok(())
    }

    /// The id for the next job.
    ///
    /// # Errors
    /// The server did not answer.
    pub async fn next_id(self) -> Result<InviteJobId, AppError> {
        match self.next.get_untracked() {
            Some(id) => Ok(id),
            None => Ok(invite(InviteRequest::Look(None)).await.inspect_err(|error| self.session.note(error))?.next),
        }
    }

    fn show(self, job: InviteJobView) {
        let (id, is_over) = (job.id, job.results.is_some());
        // Nobody looks any more when the dialog was closed.
        if self.job.try_set(Some(job)).is_some() {
            return;
        }
        if is_over {
            self.actions.finish(&Ok(()));
        } else {
            self.look_again(id, LOOK_AGAIN_MS);
        }
    }

    fn look_again(self, id: InviteJobId, after_ms: u64) {
        let look = move || {
            spawn_local(async move {
                let is_shown = self.job.try_with_untracked(|job| job.as_ref().is_some_and(|job| job.id == id));
                if is_shown != Some(true) {
                    return;
                }
                match self.ask(InviteRequest::Look(Some(id))).await {
                    Ok(()) | Err(AppError::Unauthenticated) => {}
                    Err(_) => self.look_again(id, NO_ANSWER_MS),
                }
            });
        };
        set_timeout(look, Duration::from_millis(after_ms));
    }
}

pub fn view(lines: String, send: bool, on_close: Callback<()>) -> AnyView {
    let (next, job) = (RwSignal::new(None), RwSignal::new(None));
    let jobs = InviteJobs { next, job, actions: ActionRunner::get(), session: Session::get() };
    // A job may be running that was started in another dialog, tab or browser. Without an answer the form asks again.
    spawn_local(async move {
        let _ = jobs.ask(InviteRequest::Look(None)).await;
    });
    let text = RwSignal::new(lines);
    let body = move || match jobs.job.get() {
        None => invite_form::view(text, send, jobs),
        Some(job) => match job.results {
            None => progress(job.done, job.total, jobs),
            Some(outcomes) => results(outcomes, job.sent),
        },
    };
    modal(text::invite_people(), on_close, reactive_browser_only(body))
}

fn progress(done: u64, total: u64, jobs: InviteJobs) -> AnyView {
    view! {
        <div class="dialog-body">
            <p class="progress" role="status">
                <progress max=total value=done aria-label=text::invite_people()></progress> {text::invite_progress(done, total)}
            </p>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| jobs.job.set(None)>{text::new_invitation()}</button>
                <button type="button" class="button" data-kind="primary" on:click=|_| close_modal()>{text::close()}</button>
            </div>
        </div>
    }
    .into_erased_browser_only()
}

fn results(outcomes: Vec<InviteOutcome>, sent: bool) -> AnyView {
    let good = outcomes.iter().filter(|outcome| outcome.error.is_none()).count();
    let all = outcomes.len();
    let summary = match (sent, good == all) {
        (true, true) => text::invited_mails(good),
        (false, true) => text::invited_without(good),
        (_, false) => text::invited_some(good, all),
    };
    view! {
        <div class="dialog-body">
            <p role="status" class="summary">{summary}</p>
            <ul class="results">{outcomes.into_iter().map(row).collect_view()}</ul>
            <div class="dialog-actions">
                <button type="button" class="button" data-kind="primary" autofocus=true on:click=|_| close_modal()>{text::done()}</button>
            </div>
        </div>
    }
    .into_erased_browser_only()
}

fn row(outcome: InviteOutcome) -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    let InviteOutcome { name, email, invitation_id, error } = outcome;
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
