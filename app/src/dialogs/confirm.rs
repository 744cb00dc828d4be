//! Asks before an action that cannot be undone: names the person or device, and the consequences.

use super::Confirm;
use crate::{
    components::controls::{
        field::FormError,
        modal::{close_modal, modal},
    },
    dialogs::action_runner::ActionRunner,
    drawing::erasure::IntoErased as _,
    text,
    wire::error::AppError,
};
use domain::types::text::visible;
use leptos::{ev::SubmitEvent, prelude::*};

pub fn view(confirm: Confirm, on_close: Callback<()>) -> AnyView {
    let actions = ActionRunner::get();
    let Confirm { action, title, subject, effect, verb, typed } = confirm;
    let error = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    let wanted = subject.clone();
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        // Characters that cannot be seen cannot be typed.
        if typed && visible(&text.get_untracked()) != visible(&wanted) {
            let text = text::type_the_name_exactly().to_owned();
            error.set(Some(AppError::Refused { text }));
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        actions.then(action.clone(), wanted.clone(), move |result| {
            busy.set(false);
            match result {
                Ok(()) => close_modal(),
                Err(reason) => error.set(Some(reason)),
            }
        });
    };
    let body = view! {
        <form class="dialog-body" on:submit=submitted>
            <p class="subject"><bdi>{subject}</bdi></p>
            <p>{effect}</p>
            {typed.then(|| view! {
                <div class="field">
                    <label for="field-typed">{text::type_the_name()}</label>
                    <input id="field-typed" class="input" autocomplete="off" prop:value=text
                        on:input:target=move |event| text.set(event.target().value())/>
                </div>
            })}
            <FormError error=error.into()/>
            <div class="dialog-actions">
                <button type="button" class="button" autofocus=true on:click=|_| close_modal()>{text::cancel()}</button>
                <button type="submit" class="button" data-kind="danger" aria-busy=move || busy.get().then_some("true")>{verb}</button>
            </div>
        </form>
    };
    modal(title, on_close, body.into_erased_browser_only())
}
