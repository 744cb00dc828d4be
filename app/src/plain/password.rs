//! Changing one's own password, and choosing a new one through a one-time link. Works without JavaScript.

use super::{
    gate::{brand, link_is_gone},
    sign_in::{Failure, NewPasswordField, PasswordField},
};
use crate::{
    components::when_loaded::when_loaded,
    data::{
        Pending,
        api::password::{CHANGE, CHANGED, RESET},
    },
    drawing::erasure::IntoErased as _,
    server::context::rollcall,
    text::{self, page_title},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use service::Rollcall;
use std::sync::Arc;

/// Changes the password of the signed-in account.
#[component]
pub fn ChangePasswordPage() -> impl IntoView {
    let is_changed = use_query_map().with_untracked(|query| query.get(CHANGED)).is_some();
    let content = if is_changed {
        view! { <p role="status">{text::password_changed()}</p> }.into_erased()
    } else {
        view! {
            <p class="lead">{text::change_password_text()}</p>
            <form method="post" action=CHANGE>
                <Failure/>
                <PasswordField name="current" label=text::current_password() autocomplete="current-password"/>
                <NewPasswordField/>
                <button type="submit" class="button" data-kind="primary">{text::change_password()}</button>
            </form>
        }
        .into_erased()
    };
    view! {
        <Title text=page_title(text::change_password())/>
        <main id="main" class="gate" tabindex="-1">
            {brand()}
            <h1 tabindex="-1">{text::change_password()}</h1>
            {content}
            <p><a href="/settings">{text::settings()}</a></p>
        </main>
    }
    .into_erased()
}

/// The form behind a one-time link; another text when the link does not work any more.
#[component]
pub fn ResetPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let works = {
        let (token, rollcall) = (token.clone(), rollcall().ok());
        move |()| -> Pending<String> { Box::pin(works(rollcall.clone(), token.clone())) }
    };
    let draw =
        move |works: String| if works.is_empty() { link_is_gone(text::reset_gone_text()) } else { form(token.clone()) };
    view! {
        <Title text=page_title(text::reset_password())/>
        <main id="main" class="gate" tabindex="-1">
            {brand()}
            {when_loaded(Callback::new(works), Callback::new(draw), false)}
        </main>
    }
    .into_erased()
}

/// A text when the link works, an empty one when it does not.
async fn works(rollcall: Option<Arc<Rollcall>>, token: String) -> String {
    let Some(rollcall) = rollcall else { return String::new() };
    // While the database does not answer, the form is shown: it says so when it is sent.
    let works = rollcall.check_reset_link(&token).await.unwrap_or(true);
    if works { "works".to_owned() } else { String::new() }
}

fn form(token: String) -> AnyView {
    view! {
        <h1 tabindex="-1">{text::reset_password()}</h1>
        <p class="lead">{text::reset_text()}</p>
        <form method="post" action=RESET>
            <input type="hidden" name="token" value=token/>
            <Failure/>
            <NewPasswordField/>
            <button type="submit" class="button" data-kind="primary">{text::change_password()}</button>
        </form>
    }
    .into_erased()
}
