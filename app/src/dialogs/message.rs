//! Shows a message on a device.

use crate::{
    actions::{Action, Doer, Order},
    components::{
        field::FormError,
        modal::{close_modal, modal},
    },
    erase::Erase as _,
    error::AppError,
};
use domain::ids::DeviceId;
use leptos::{ev::SubmitEvent, prelude::*};

/// Longest message that a device shows, in characters.
const MESSAGE_MAX: u32 = 1000;

pub fn view(id: DeviceId, name: String, on_close: Callback<()>) -> AnyView {
    let doer = Doer::get();
    let text = RwSignal::new(String::new());
    let error = RwSignal::new(None::<AppError>);
    let subject = name.clone();
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        let order = Order::Message(text.get_untracked());
        doer.then(Action::Command(id, order), subject.clone(), move |result| match result {
            Ok(()) => close_modal(),
            Err(reason) => error.set(Some(reason)),
        });
    };
    let body = view! {
        <form class="dialog-body" on:submit=submitted>
            <p>"On the screen of " <strong><bdi>{name}</bdi></strong></p>
            <div class="field">
                <label for="field-text">"Message"</label>
                <textarea id="field-text" class="input" rows="4" maxlength=MESSAGE_MAX.to_string() required=true autofocus=true
                    prop:value=text on:input:target=move |event| text.set(event.target().value())></textarea>
            </div>
            <FormError error=error.into()/>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=|_| close_modal()>"Cancel"</button>
                <button type="submit" class="button" data-kind="primary">"Send the message"</button>
            </div>
        </form>
    };
    modal("Show a message", on_close, body.erase_late())
}
