//! The sign-in page. It works without JavaScript, and without the WebAssembly file.

use super::gate::brand;
use crate::{
    data::api::{
        account::{FAILED, SIGN_IN, failure_text},
        password::CHANGED,
    },
    drawing::erasure::{IntoErased as _, reactive},
    server::context::email_typed_before,
    text::{self, page_title},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use service::PASSWORD_MIN;

/// The script of the pages in front of the console. It shows and hides the password, and tells tests that the page is
/// ready.
pub const SHOW_PASSWORD: &str = include_str!("show_password.js");

/// The sign-in form; `?next=` is where it leads.
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let get = move |key: &'static str| query.with(|query| query.get(key)).unwrap_or_default();
    view! {
        <Title text=page_title(text::sign_in())/>
        <main id="main" class="gate" tabindex="-1">
            {brand()}
            <h1 tabindex="-1">{text::sign_in()}</h1>
            {(!get(CHANGED).is_empty()).then(|| view! { <p role="status">{text::password_changed()}</p> })}
            <form method="post" action=SIGN_IN>
                <input type="hidden" name="next" value=move || get("next")/>
                <Failure/>
                <EmailField/>
                <PasswordField name="password" label=text::password() autocomplete="current-password"/>
                <button type="submit" class="button" data-kind="primary">{text::sign_in()}</button>
            </form>
        </main>
    }
    .into_erased()
}

/// Why the form failed, according to the URL.
#[component]
pub fn Failure() -> impl IntoView {
    let query = use_query_map();
    let failure = move || query.with(|query| query.get(FAILED)).map(|code| failure_text(&code));
    view! { <div role="alert">{reactive(move || failure().map(|text| view! { <p class="form-error">{text}</p> }))}</div> }
}

/// The email of an account. What was typed before is filled in.
#[component]
pub fn EmailField() -> impl IntoView {
    let typed = email_typed_before();
    view! {
        <div class="field">
            <label for="email">{text::email()}</label>
            <input id="email" class="input" type="email" name="email" autocomplete="username" required=true autofocus=true value=typed/>
        </div>
    }
}

/// A password with a button that shows it.
#[component]
pub fn PasswordField(
    /// The field's name in the form.
    name: &'static str,
    /// The label above.
    #[prop(into)]
    label: String,
    /// What a password manager may fill in.
    autocomplete: &'static str,
    /// Smallest number of characters.
    #[prop(default = 1)]
    min: usize,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <div class="password">
                <input id=name class="input" type="password" name=name autocomplete=autocomplete required=true minlength=min
                    spellcheck="false" autocapitalize="off"/>
                <button type="button" class="link-button" aria-pressed="false" aria-label=text::show_password() data-other=text::hide()>
                    {text::show()}
                </button>
            </div>
        </div>
    }
}

/// A password that is being chosen, and how to choose a good one.
#[component]
pub fn NewPasswordField() -> impl IntoView {
    view! {
        <PasswordField name="password" label=text::new_password(PASSWORD_MIN) autocomplete="new-password" min=PASSWORD_MIN/>
        <p class="hint">{text::new_password_hint()}</p>
    }
}
