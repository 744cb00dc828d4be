//! The form that invites people. It reads the lines while the user types.

use super::invite::InviteJobs;
use crate::{
    browser,
    components::controls::{field::FormError, modal::close_modal},
    drawing::erasure::{IntoErased as _, reactive_browser_only},
    text::{self, invite_line_error_text},
    wire::{InviteRequest, InviteSettings, Moment, PersonDraft, error::AppError},
};
use domain::person::invite_lines::{InviteLine, parse};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

/// How many lines of the preview are shown.
const PREVIEW_MAX: usize = 100;

pub fn view(text: RwSignal<String>, send: bool, jobs: InviteJobs) -> AnyView {
    let send = RwSignal::new(send);
    let expiry = RwSignal::new(String::new());
    let error = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let lines = Memo::new(move |_| text.with(|text| parse(text)));
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        match request(&lines.get_untracked(), send.get_untracked(), &expiry.get_untracked()) {
            Err(reason) => error.set(Some(reason)),
            Ok((people, settings)) => {
                busy.set(true);
                spawn_local(async move {
                    let result = start(jobs, people, settings).await;
                    // The form is gone when the job is shown.
                    busy.try_set(false);
                    if let Err(reason) = result {
                        error.try_set(Some(reason));
                    }
                });
            }
        }
    };
    let verb = move || if send.get() { text::send_invitations() } else { text::create_invitations() };
    view! {
        <form class="dialog-body" on:submit=submitted novalidate=true>
            <FormError error=error.into()/>
            <div class="field">
                <label for="field-people">{text::people()}</label>
                <textarea id="field-people" class="input" rows="5" spellcheck="false" autofocus=true aria-describedby="hint-people"
                    placeholder="Ada Lovelace <ada@example.com>" prop:value=text
                    on:input:target=move |event| { error.set(None); text.set(event.target().value()); }></textarea>
                <div id="hint-people" class="hint">{text::people_hint()}</div>
            </div>
            {preview(lines)}
            <fieldset class="choices">
                <legend>{text::mail()}</legend>
                {choice(send, true, text::send_now(), text::send_now_hint())}
                {choice(send, false, text::create_only(), text::create_only_hint())}
            </fieldset>
            <div class="field">
                <label for="field-expiry">{text::ends_on()}</label>
                <input id="field-expiry" class="input" type="date" prop:value=expiry aria-describedby="hint-expiry"
                    on:input:target=move |event| expiry.set(event.target().value())/>
                <div id="hint-expiry" class="hint">{reactive_browser_only(move || end_hint(&expiry.get()))}</div>
            </div>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=|_| close_modal()>{text::cancel()}</button>
                <button type="submit" class="button" data-kind="primary" aria-busy=move || busy.get().then_some("true")>{reactive_browser_only(verb)}</button>
            </div>
        </form>
    }
    .into_erased_browser_only()
}

/// The end in words: the field itself writes dates as the browser does, whatever the language of the page.
fn end_hint(expiry: &str) -> String {
    match browser::end_of_local_day(expiry) {
        Some(end) => text::ends_at(&browser::local_time(end, false)),
        None => text::ends_on_hint().to_owned(),
    }
}

/// Starts the job. When there was no answer, the server may have started it all the same: it is looked for.
async fn start(jobs: InviteJobs, people: Vec<PersonDraft>, settings: InviteSettings) -> Result<(), AppError> {
    let id = jobs.next_id().await?;
    match jobs.ask(InviteRequest::Start(id, people, settings)).await {
        Err(AppError::Network) => jobs.ask(InviteRequest::Look(Some(id))).await.map_err(|_| AppError::Network),
        answer => answer,
    }
}

fn choice(send: RwSignal<bool>, value: bool, label: &'static str, hint: &'static str) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name="send" prop:checked=move || send.get() == value checked=send.get_untracked() == value
                on:change=move |_| send.set(value)/>
            <span><strong>{label}</strong> <small>{hint}</small></span>
        </label>
    }
}

/// Who will be invited, and which lines cannot be read.
fn preview(lines: Memo<Vec<InviteLine>>) -> impl IntoView {
    let rows = move || {
        lines.with(|lines| {
            let shown = lines.iter().take(PREVIEW_MAX).map(preview_row).collect_view();
            (!lines.is_empty())
                .then(|| view! { <ul class="preview" tabindex="0" aria-label=text::invite_preview()>{shown}</ul> })
        })
    };
    let summary = move || {
        lines.with(|lines| {
            let bad = lines.iter().filter(|line| line.person.is_err()).count() as u64;
            let good = lines.len() as u64 - bad;
            match (good, bad) {
                (0, 0) => String::new(),
                (_, 0) => text::to_invite(good),
                _ => text::to_invite_but(bad, good),
            }
        })
    };
    view! {
        <div>
            {reactive_browser_only(rows)}
            <p class="hint" role="status">{reactive_browser_only(summary)}</p>
        </div>
    }
}

fn preview_row(line: &InviteLine) -> AnyView {
    match &line.person {
        Ok(person) => view! {
            <li><bdi>{person.name.to_string()}</bdi> <small><bdi>{person.email.to_string()}</bdi></small></li>
        }
        .into_erased_browser_only(),
        Err(error) => view! { <li class="wrong">{text::line_error(line.number, &invite_line_error_text(error))}</li> }
            .into_erased_browser_only(),
    }
}

/// The request to the server. An error is about the first bad line.
fn request(lines: &[InviteLine], send: bool, expiry: &str) -> Result<(Vec<PersonDraft>, InviteSettings), AppError> {
    let refuse = |text: String| Err(AppError::Refused { text });
    let mut people = Vec::with_capacity(lines.len());
    for line in lines {
        match &line.person {
            Ok(person) => people.push(PersonDraft {
                name: person.name.to_string(),
                email: person.email.to_string(),
                locale: None,
            }),
            Err(error) => return refuse(text::line_error_remove(line.number, &invite_line_error_text(error))),
        }
    }
    if people.is_empty() {
        return refuse(text::type_an_email().to_owned());
    }
    let expires_at = match expiry {
        "" => None,
        day => match browser::end_of_local_day(day) {
            #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds are meant")]
            Some(end) if end > browser::now_ms() as i64 => Some(Moment(end)),
            _ => return refuse(text::choose_a_day().to_owned()),
        },
    };
    Ok((people, InviteSettings { send, expires_at }))
}
