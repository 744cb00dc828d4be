//! Signing in. Works without JavaScript.

use crate::{
    api::account::SignIn,
    components::icon::{Icon, icon},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The sign-in form; `?next=` is where it leads.
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let next = move || query.with(|query| query.get("next")).unwrap_or_default();
    let action = ServerAction::<SignIn>::new();
    let trouble = move || action.value().get().and_then(Result::err).map(|error| view! { <p class="form-error">{error.to_string()}</p> });
    view! {
        <Title text="Sign in · Rollcall"/>
        <main id="main" class="gate" tabindex="-1">
            <p class="brand"><span class="brand-mark" aria-hidden="true">{icon(Icon::Tick)}</span> "Rollcall"</p>
            <h1 tabindex="-1">"Sign in"</h1>
            <ActionForm action=action>
                <input type="hidden" name="next" value=next/>
                <div role="alert">{trouble}</div>
                <div class="field">
                    <label for="email">"Email"</label>
                    <input id="email" class="input" type="email" name="email" autocomplete="username" required=true autofocus=true/>
                </div>
                <PasswordField label="Password" autocomplete="current-password" min="1"/>
                <button type="submit" class="button" data-kind="primary" aria-busy=move || action.pending().get().then_some("true")>"Sign in"</button>
            </ActionForm>
        </main>
    }
    .into_any()
}

/// A password with a button that shows it.
#[component]
pub fn PasswordField(
    /// Label above.
    label: &'static str,
    /// What a password manager may fill in.
    autocomplete: &'static str,
    /// Fewest characters.
    min: &'static str,
) -> impl IntoView {
    let visible = RwSignal::new(false);
    let kind = move || if visible.get() { "text" } else { "password" };
    view! {
        <div class="field">
            <label for="password">{label}</label>
            <div class="password">
                <input id="password" class="input" type=kind name="password" autocomplete=autocomplete required=true minlength=min
                    spellcheck="false" autocapitalize="off"/>
                <button type="button" class="link-button" aria-pressed=move || if visible.get() { "true" } else { "false" }
                    aria-label="Show password" on:click=move |_| visible.update(|visible| *visible = !*visible)>
                    {move || if visible.get() { "Hide" } else { "Show" }}
                </button>
            </div>
        </div>
    }
}
