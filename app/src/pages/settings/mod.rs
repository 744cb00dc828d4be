//! Settings: the account, its sessions, the theme, where mails go, and reminders.

mod apple;
mod audit;
mod keyboard;
mod reminders;

use crate::{
    browser,
    components::{keyed::keyed, live_query_view::live_query_view, time::ago},
    data::{
        api::account::{CHOOSE_LANGUAGE, SIGN_OUT, account},
        live_connection::Affects,
        live_query::{LiveData, LiveQuery},
    },
    dialogs::action_runner::ActionRunner,
    drawing::{
        erasure::{IntoErased as _, reactive},
        with_views::with_views,
    },
    text::{self, FIRST_VIEW, SECOND_VIEW, page_title},
    wire::{Account, AdminAction, SessionView},
};
use i18n::Language;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::params::ParamsMap;

pub use apple::ApplePage;
pub use audit::AuditPage;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let query = LiveQuery {
        params: Memo::new(|_| ParamsMap::new()),
        fetch: |_| account(),
        affects: |_, _| Affects::Nothing,
        render: sections,
        is_quiet: false,
    };
    view! {
        <Title text=page_title(text::settings())/>
        <header class="page-head"><h1 tabindex="-1">{text::settings()}</h1></header>
        {live_query_view(query)}
    }
    .into_erased()
}

fn sections(live: LiveData<Account>) -> AnyView {
    let account = move || live.data.get();
    let sessions = move || account().map(|account| account.sessions).unwrap_or_default();
    let keys = Memo::new(move |_| sessions().iter().map(|session| session.id.0.as_u128()).collect());
    let draw = move |key| {
        let found = untrack(sessions).into_iter().find(|session| session.id.0.as_u128() == key);
        found.as_ref().map(session_row).into_erased()
    };
    view! {
        <section class="card" aria-labelledby="account">
            <h2 id="account">{text::account()}</h2>
            <dl class="facts">
                <dt>{text::signed_in_as()}</dt><dd><bdi>{reactive(move || account().map(|account| account.email))}</bdi></dd>
                <dt>{text::version()}</dt><dd>"Rollcall " {reactive(move || account().map(|account| account.server_version))}</dd>
            </dl>
            <p><a rel="external" href="/settings/password">{text::change_password()}</a></p>
            <p><a href="/settings/audit">{text::audit_log()}</a></p>
            <p><a href="/settings/apple">{text::apple_devices()}</a></p>
            <form method="post" action=SIGN_OUT><button type="submit" class="button">{text::sign_out()}</button></form>
        </section>
        {untrack(account).map(|account| language_choice(&account.language))}
        <ThemeChoice/>
        <section class="card" aria-labelledby="keyboard">
            <h2 id="keyboard">{text::keyboard()}</h2>
            {keyboard::view()}
        </section>
        <section class="card" aria-labelledby="mail">
            <h2 id="mail">{text::mail()}</h2>
            {reactive(move || account().map(|account| mail(account.mail_folder)))}
        </section>
        <section class="card" aria-labelledby="reminders">
            <h2 id="reminders">{text::reminders()}</h2>
            // Drawn once: what is being typed must not be overwritten when another browser is signed out.
            {untrack(account).map(|account| reminders::view(&account.reminders))}
        </section>
        <section class="card" aria-labelledby="sessions">
            <h2 id="sessions">{text::signed_in_browsers()}</h2>
            <ul class="sessions">
                {keyed(keys, draw)}
            </ul>
        </section>
    }
    .into_erased()
}

fn mail(folder: Option<String>) -> AnyView {
    match folder {
        None => view! { <p>{text::mail_by_server()}</p> }.into_erased(),
        Some(folder) => {
            let folder = view! { <code>{folder}</code> }.into_erased();
            let flag = view! { <code>"--smtp-url"</code> }.into_erased();
            view! {
                <p>{with_views(&text::mail_to_files(FIRST_VIEW), [folder])}</p>
                <p class="hint">{with_views(&text::mail_to_files_hint(FIRST_VIEW), [flag])}</p>
            }
            .into_erased()
        }
    }
}

fn session_row(session: &SessionView) -> AnyView {
    let actions = ActionRunner::get();
    let id = session.id;
    let times = [ago(session.created_at), ago(session.last_seen_at)];
    let times = with_views(&text::session_times(FIRST_VIEW, SECOND_VIEW), times);
    let end = if session.is_current {
        view! { <span class="hint">{text::this_browser()}</span> }.into_erased()
    } else {
        view! {
            <button type="button" class="button" on:click=move |_| actions.run(AdminAction::Revoke(id), "")>{text::sign_out()}</button>
        }
        .into_erased()
    };
    view! {
        <li>
            <span class="who"><bdi>{session.browser.clone()}</bdi>
                <small>{times}</small></span>
            {end}
        </li>
    }
    .into_erased()
}

/// The language of the console. A plain form: everything on the page changes, so it is loaded again.
fn language_choice(selected: &str) -> AnyView {
    let option = |tag: &'static str, label: &'static str, lang: Option<&'static str>| {
        view! { <option value=tag lang=lang selected=tag == selected>{label}</option> }.into_erased()
    };
    let languages = Language::ALL.iter().map(|language| {
        let tag = language.tag();
        option(tag, language.own_name(), Some(tag))
    });
    let options: Vec<_> = std::iter::once(option("", text::language_of_browser(), None)).chain(languages).collect();
    view! {
        <section class="card" aria-labelledby="language">
            <h2 id="language">{text::language()}</h2>
            <form method="post" action=CHOOSE_LANGUAGE class="language">
                <select class="select" name="language" aria-labelledby="language" autocomplete="off">{options}</select>
                <button type="submit" class="button">{text::language_save()}</button>
            </form>
            <p class="hint">{text::language_hint()}</p>
        </section>
    }
    .into_erased()
}

/// Light, dark, or as the system is.
#[component]
fn ThemeChoice() -> impl IntoView {
    // The server wrote the choice into the document. A page that the browser draws itself reads it there.
    let selected = RwSignal::new(String::new());
    Effect::new(move || {
        let root = document().document_element();
        selected.set(root.and_then(|root| root.get_attribute("data-theme")).unwrap_or_default());
    });
    let choose = move |value: &'static str| {
        selected.set(value.to_owned());
        browser::mark_document("data-theme", value);
        browser::remember("theme", value);
    };
    view! {
        <section class="card" aria-labelledby="appearance">
            <h2 id="appearance">{text::appearance()}</h2>
            <div class="segments" role="radiogroup" aria-labelledby="appearance">
                {[("system", text::theme_system()), ("light", text::theme_light()), ("dark", text::theme_dark())].map(|(value, label)| view! {
                    <label class="segment">
                        <input type="radio" name="theme" value=value prop:checked=move || selected.with(|selected| selected == value) on:change=move |_| choose(value)/>
                        <span>{label}</span>
                    </label>
                })}
            </div>
        </section>
    }
}
