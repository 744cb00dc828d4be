//! Shows a message on a device. On a lost device the message stays until lost mode ends, with a number to call.

use crate::{
    components::controls::{
        field::FormError,
        modal::{close_modal, modal},
    },
    dialogs::action_runner::ActionRunner,
    drawing::{erasure::IntoErased as _, with_views::with_views},
    text::{self, FIRST_VIEW},
    wire::{AdminAction, CommandRequest, error::AppError},
};
use domain::{
    decide::{MESSAGE_MAX, PHONE_MAX},
    types::ids::DeviceId,
};
use leptos::{ev::SubmitEvent, prelude::*};

pub fn view(id: DeviceId, name: String, is_lost: bool, on_close: Callback<()>) -> AnyView {
    let actions = ActionRunner::get();
    let (text, phone) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let error = RwSignal::new(None::<AppError>);
    let subject = name.clone();
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        let message = text.get_untracked();
        let request = if is_lost {
            CommandRequest::LostMode { message, phone: phone.get_untracked() }
        } else {
            CommandRequest::Message(message)
        };
        actions.then(AdminAction::Command(id, request), subject.clone(), move |result| match result {
            Ok(()) => close_modal(),
            Err(reason) => error.set(Some(reason)),
        });
    };
    let (title, about, verb) = if is_lost {
        (text::lost_title(), text::lost_on_screen(FIRST_VIEW), text::lost_send())
    } else {
        (text::message_title(), text::message_on(FIRST_VIEW), text::message_send())
    };
    let number = is_lost.then(|| {
        view! {
            <div class="field">
                <label for="field-phone">{text::lost_phone()}</label>
                <input id="field-phone" class="input" type="tel" autocomplete="off" maxlength=PHONE_MAX.to_string()
                    prop:value=phone on:input:target=move |event| phone.set(event.target().value())/>
            </div>
        }
    });
    let body = view! {
        <form class="dialog-body" on:submit=submitted>
            <p>{with_views(&about, [view! { <strong><bdi>{name}</bdi></strong> }.into_erased_browser_only()])}</p>
            <div class="field">
                <label for="field-text">{text::message_label()}</label>
                <textarea id="field-text" class="input" rows="4" maxlength=MESSAGE_MAX.to_string() required=!is_lost autofocus=true
                    prop:value=text on:input:target=move |event| text.set(event.target().value())></textarea>
            </div>
            {number}
            <FormError error=error.into()/>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=|_| close_modal()>{text::cancel()}</button>
                <button type="submit" class="button" data-kind="primary">{verb}</button>
            </div>
        </form>
    };
    modal(title, on_close, body.into_erased_browser_only())
}
