//! Fields of forms: the label above, the hint and the error below and linked.

use crate::{
    drawing::erasure::{IntoErased as _, reactive_browser_only},
    wire::error::AppError,
};
use leptos::prelude::*;

/// A field for one line of text.
#[component]
pub fn TextField(
    /// Its name, by which an error of a server function refers to it.
    name: &'static str,
    /// The label above.
    label: &'static str,
    /// What the user typed.
    value: RwSignal<String>,
    /// What went wrong, if it is about this field.
    error: Signal<Option<AppError>>,
    /// `type` of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// The hint below.
    #[prop(default = "")]
    hint: &'static str,
    /// What the browser or a password manager may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Whether it takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let wrong = move || error.get().filter(|error| error.is_about(name)).map(|error| error.to_string());
    let is_wrong = move || wrong().is_some().then_some("true");
    view! {
        <div class="field">
            <label for=format!("field-{name}")>{label}</label>
            <input id=format!("field-{name}") class="input" name=name type=kind autocomplete=autocomplete autofocus=autofocus
                prop:value=value aria-invalid=is_wrong aria-describedby=format!("hint-{name}")
                on:input:target=move |event| value.set(event.target().value())/>
            <div id=format!("hint-{name}") class="hint">
                {reactive_browser_only(move || match wrong() {
                    Some(text) => view! { <span class="wrong">{text}</span> }.into_erased_browser_only(),
                    None => hint.into_erased_browser_only(),
                })}
            </div>
        </div>
    }
}

/// What went wrong with a form as a whole, when it is about none of `fields`.
#[component]
pub fn FormError(
    /// What went wrong.
    error: Signal<Option<AppError>>,
    /// Fields that show their errors themselves.
    #[prop(default = &[])]
    fields: &'static [&'static str],
) -> impl IntoView {
    let text = move || {
        let other = error.get().filter(|error| !fields.iter().any(|field| error.is_about(field)));
        other.map(|error| view! { <p class="form-error">{error.to_string()}</p> })
    };
    view! { <div role="alert">{reactive_browser_only(text)}</div> }
}
