//! The first account, made through the one-time link that the server printed. Works without JavaScript.

use super::{
    gate::{brand, link_is_gone},
    sign_in::{EmailField, Failure, NewPasswordField},
};
use crate::{
    components::when_loaded::when_loaded,
    data::{
        Pending,
        api::account::{SET_UP, check_setup},
    },
    drawing::erasure::IntoErased as _,
    text::{self, page_title},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// Stands for: the link works.
const WORKS: &str = "works";

/// The form; another text when the link does not work any more.
#[component]
pub fn SetupPage() -> impl IntoView {
    let params = use_params_map();
    let token = move || params.with_untracked(|params| params.get("token")).unwrap_or_default();
    let ask = move |()| -> Pending<String> {
        let check = check_setup(token());
        Box::pin(async move {
            match check.await {
                Ok(true) => WORKS.to_owned(),
                Ok(false) => String::new(),
                Err(error) => error.to_string(),
            }
        })
    };
    let draw = move |text: String| match text.as_str() {
        WORKS => form(token()),
        "" => link_is_gone(text::link_used_text()),
        _ => broken(text),
    };
    view! {
        <Title text=page_title(text::welcome())/>
        <main id="main" class="gate" tabindex="-1">
            {brand()}
            {when_loaded(Callback::new(ask), Callback::new(draw), false)}
        </main>
    }
    .into_erased()
}

fn form(token: String) -> AnyView {
    view! {
        <h1 tabindex="-1">{text::first_account()}</h1>
        <p class="lead">{text::first_account_text()}</p>
        <form method="post" action=SET_UP>
            <input type="hidden" name="token" value=token/>
            <Failure/>
            <EmailField/>
            <NewPasswordField/>
            <button type="submit" class="button" data-kind="primary">{text::make_account()}</button>
        </form>
    }
    .into_erased()
}

fn broken(error: String) -> AnyView {
    view! {
        <h1 tabindex="-1">{text::not_loaded()}</h1>
        <p class="lead">{error}</p>
        <p><a class="button" rel="external" href="">{text::try_again()}</a></p>
    }
    .into_erased()
}
