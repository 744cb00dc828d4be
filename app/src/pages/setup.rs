//! The first account, made through the one-time link that the server printed. Works without JavaScript.

use super::sign_in::{EmailField, Failure, PasswordField};
use crate::{
    api::account::{SET_UP, check_setup},
    awaited::{Pending, awaited},
    components::icon::{Icon, icon},
    erase::Erase as _,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// Says that the link works.
const WORKS: &str = "works";

/// The form, as long as the link works.
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
        "" => used_up(),
        _ => broken(text),
    };
    view! {
        <Title text="Welcome · Rollcall"/>
        <main id="main" class="gate" tabindex="-1">
            <p class="brand"><span class="brand-mark" aria-hidden="true">{icon(Icon::Tick)}</span> "Rollcall"</p>
            {awaited(Callback::new(ask), Callback::new(draw), false)}
        </main>
    }
    .erase()
}

fn form(token: String) -> AnyView {
    view! {
        <h1 tabindex="-1">"Make the first account"</h1>
        <p class="lead">"You sign in to the console with it. More accounts are made on the server’s command line."</p>
        <form method="post" action=SET_UP>
            <input type="hidden" name="token" value=token/>
            <Failure/>
            <EmailField/>
            <PasswordField label="Password, 12 characters or more" autocomplete="new-password" min="12"/>
            <button type="submit" class="button" data-kind="primary">"Make the account"</button>
        </form>
    }
    .erase()
}

fn used_up() -> AnyView {
    view! {
        <h1 tabindex="-1">"This link does not work any more"</h1>
        <p class="lead">"It makes the first account, once. If the account is yours, sign in. If there is none yet, the server prints a new link each time it starts."</p>
        <p><a class="button" data-kind="primary" href="/sign-in">"Sign in"</a></p>
    }
    .erase()
}

fn broken(error: String) -> AnyView {
    view! {
        <h1 tabindex="-1">"This could not be loaded"</h1>
        <p class="lead">{error}</p>
        <p><a class="button" rel="external" href="">"Try again"</a></p>
    }
    .erase()
}
