//! Adds a person, or corrects one.

use crate::{
    components::{
        controls::{
            field::{FormError, TextField},
            modal::{close_modal, modal},
        },
        notices::Notices,
    },
    data::api::people,
    dialogs::action_runner::ActionRunner,
    drawing::erasure::{IntoErased as _, reactive_browser_only},
    text,
    wire::{AdminAction, PersonDraft, error::AppError},
};
use domain::{
    person::OldCredentials,
    types::ids::{InvitationId, PersonId},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

pub fn view(id: Option<PersonId>, draft: PersonDraft, resend: Option<InvitationId>, on_close: Callback<()>) -> AnyView {
    let notices = expect_context::<Notices>();
    let actions = ActionRunner::get();
    let name = RwSignal::new(draft.name);
    let email = RwSignal::new(draft.email.clone());
    let locale = RwSignal::new(draft.locale.clone().unwrap_or_else(|| "en".to_owned()));
    let send_again = RwSignal::new(resend.is_some());
    // A mailed link may be in the wrong mailbox, so the safe choice is the first.
    let replace = RwSignal::new(true);
    let known_email = draft.email.clone();
    let has_new_email = Memo::new(move |_| id.is_some() && email.with(|email| email.trim() != known_email));
    let new_credentials = move || has_new_email.get() && replace.get();
    let error = RwSignal::new(None::<AppError>);
    if let Some(id) = id.filter(|_| draft.locale.is_none()) {
        // A row of the device list does not hold the language, and saving must not change it.
        Effect::new(move || {
            spawn_local(async move {
                if let Ok(person) = people::person(id).await {
                    locale.set(person.locale);
                }
            });
        });
    }
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        let draft = PersonDraft {
            name: name.get_untracked(),
            email: email.get_untracked(),
            locale: Some(locale.get_untracked()),
        };
        let subject = draft.name.clone();
        spawn_local(async move {
            let result = save(id, draft, replace.get_untracked()).await;
            actions.finish(&result);
            let is_invited = match result {
                Ok(is_invited) => is_invited,
                Err(reason) => return error.set(Some(reason)),
            };
            close_modal();
            match resend.filter(|_| send_again.get_untracked()) {
                _ if is_invited => notices.success(text::notice_sent(subject.trim())),
                Some(invitation) => actions.run(AdminAction::Send(invitation), subject),
                None => notices.success(text::notice_saved(subject.trim())),
            }
        });
    };
    let title = if id.is_some() { text::correct_a_person() } else { text::add_a_person() };
    let body = view! {
        <form class="dialog-body" on:submit=submitted novalidate=true>
            <FormError error=error.into() fields=&["name", "email", "locale"]/>
            <TextField name="name" label=text::name() value=name error=error.into() autofocus=id.is_none()/>
            <TextField name="email" label=text::email() kind="email" value=email error=error.into() autofocus=id.is_some()
                hint=text::email_hint()/>
            <TextField name="locale" label=text::language() value=locale error=error.into() hint=text::locale_hint()/>
            {reactive_browser_only(move || has_new_email.get().then(|| check(replace, text::new_credentials())))}
            {reactive_browser_only(move || new_credentials().then(|| view! { <p class="hint">{text::new_credentials_hint()}</p> }))}
            {reactive_browser_only(move || (resend.is_some() && !new_credentials()).then(|| check(send_again, text::send_again())))}
            <div class="dialog-actions">
                <button type="button" class="button" on:click=|_| close_modal()>{text::cancel()}</button>
                <button type="submit" class="button" data-kind="primary">{text::save()}</button>
            </div>
        </form>
    };
    modal(title, on_close, body.into_erased_browser_only())
}

fn check(is_on: RwSignal<bool>, label: &'static str) -> AnyView {
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=is_on on:change:target=move |event| is_on.set(event.target().checked())/>
            <span>{label}</span>
        </label>
    }
    .into_erased_browser_only()
}

/// Saves; true when a new invitation is mailed.
async fn save(id: Option<PersonId>, draft: PersonDraft, replace: bool) -> Result<bool, AppError> {
    let old_credentials = if replace { OldCredentials::Replace } else { OldCredentials::Keep };
    match id {
        Some(id) => people::change_person(id, draft, old_credentials).await,
        None => people::add_person(draft).await.map(|_| false),
    }
}
