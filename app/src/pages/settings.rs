//! Settings: the account, its sessions, the theme, and where mails go.

use crate::{
    actions::{Action, Doer},
    api::account::{SIGN_OUT, account},
    browser,
    components::{keyed::keyed, time::ago},
    erase::{Erase as _, dynamic},
    loaded::{Loaded, Source, live_view},
    views::{Account, SessionLine},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::params::ParamsMap;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let source = Source {
        query: Memo::new(|_| ParamsMap::new()),
        fetch: |_| account(),
        concerns: |_, _| false,
        render: sections,
        is_quiet: false,
    };
    view! {
        <Title text="Settings · Rollcall"/>
        <header class="page-head"><h1 tabindex="-1">"Settings"</h1></header>
        {live_view(source)}
    }
    .erase()
}

fn sections(loaded: Loaded<Account>) -> AnyView {
    let account = move || loaded.data.get();
    let sessions = move || account().map(|account| account.sessions).unwrap_or_default();
    let keys = Memo::new(move |_| sessions().iter().map(|session| session.id.0.as_u128()).collect());
    let draw = move |key| {
        let found = untrack(sessions).into_iter().find(|session| session.id.0.as_u128() == key);
        found.as_ref().map(session_row).erase()
    };
    view! {
        <section class="card" aria-labelledby="account">
            <h2 id="account">"Account"</h2>
            <dl class="facts">
                <dt>"Signed in as"</dt><dd><bdi>{dynamic(move || account().map(|account| account.email))}</bdi></dd>
                <dt>"Version"</dt><dd>"Rollcall " {dynamic(move || account().map(|account| account.server_version))}</dd>
            </dl>
            <form method="post" action=SIGN_OUT><button type="submit" class="button">"Sign out"</button></form>
        </section>
        <ThemeChoice/>
        <section class="card" aria-labelledby="mail">
            <h2 id="mail">"Mail"</h2>
            {dynamic(move || account().map(|account| mail(account.mail_folder)))}
        </section>
        <section class="card" aria-labelledby="sessions">
            <h2 id="sessions">"Signed-in browsers"</h2>
            <ul class="sessions">
                {keyed(keys, draw)}
            </ul>
        </section>
    }
    .erase()
}

fn mail(folder: Option<String>) -> AnyView {
    match folder {
        None => view! { <p>"Mails are sent through the configured mail server."</p> }.erase(),
        Some(folder) => view! {
            <p>"Mails are written to files in " <code>{folder}</code> " because no mail server is configured."</p>
            <p class="hint">"Start the server with " <code>"--smtp-url"</code> " to send them."</p>
        }
        .erase(),
    }
}

fn session_row(session: &SessionLine) -> AnyView {
    let doer = Doer::get();
    let id = session.id;
    let end = if session.is_current {
        view! { <span class="hint">"This browser"</span> }.erase()
    } else {
        view! {
            <button type="button" class="button" on:click=move |_| doer.run(Action::Revoke(id), "")>"Sign out"</button>
        }
        .erase()
    };
    view! {
        <li>
            <span class="who"><bdi>{session.browser.clone()}</bdi>
                <small>"Signed in " {ago(session.created_at)} ", last seen " {ago(session.last_seen_at)}</small></span>
            {end}
        </li>
    }
    .erase()
}

/// Light, dark, or as the system is.
#[component]
fn ThemeChoice() -> impl IntoView {
    // The server wrote the choice into the document; a page that the browser drew reads it there.
    let chosen = RwSignal::new(String::new());
    Effect::new(move || {
        let root = document().document_element();
        chosen.set(root.and_then(|root| root.get_attribute("data-theme")).unwrap_or_default());
    });
    let choose = move |value: &'static str| {
        chosen.set(value.to_owned());
        browser::mark_document("data-theme", value);
        browser::remember("theme", value);
    };
    view! {
        <section class="card" aria-labelledby="appearance">
            <h2 id="appearance">"Appearance"</h2>
            <div class="segments" role="radiogroup" aria-labelledby="appearance">
                {[("system", "As the system"), ("light", "Light"), ("dark", "Dark")].map(|(value, label)| view! {
                    <label class="segment">
                        <input type="radio" name="theme" value=value prop:checked=move || chosen.with(|chosen| chosen == value) on:change=move |_| choose(value)/>
                        <span>{label}</span>
                    </label>
                })}
            </div>
        </section>
    }
}
