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
    drawing::erasure::IntoErased as _,
    text,
    wire::{AdminAction, PersonDraft, error::AppError},
};
use domain::types::ids::{InvitationId, PersonId};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

pub fn view(id: Option<PersonId>, draft: PersonDraft, resend: Option<InvitationId>, on_close: Callback<()>) -> AnyView {
    let notices = expect_context::<Notices>();
    let actions = ActionRunner::get();
    let name = RwSignal::new(draft.name);
    let email = RwSignal::new(draft.email);
    let locale = RwSignal::new(draft.locale.clone().unwrap_or_else(|| "en".to_owned()));
    let send_again = RwSignal::new(resend.is_some());
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
            let result = save(id, draft).await;
            if !actions.finish(&result) {
                error.set(result.err());
                return;
            }
            close_modal();
            match resend.filter(|_| send_again.get_untracked()) {
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
            {resend.is_some().then(|| view! {
                <label class="check">
                    <input type="checkbox" prop:checked=send_again on:change:target=move |event| send_again.set(event.target().checked())/>
                    <span>{text::send_again()}</span>
                </label>
            })}
            <div class="dialog-actions">
                <button type="button" class="button" on:click=|_| close_modal()>{text::cancel()}</button>
                <button type="submit" class="button" data-kind="primary">{text::save()}</button>
            </div>
        </form>
    };
    modal(title, on_close, body.into_erased_browser_only())
}

async fn save(id: Option<PersonId>, draft: PersonDraft) -> Result<(), AppError> {
    match id {
        Some(id) => people::change_person(id, draft).await,
        None => people::add_person(draft).await.map(drop),
    }
}
