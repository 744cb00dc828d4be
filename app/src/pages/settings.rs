//! Settings: the account, its sessions, the theme, and where mails go.

use crate::{
    actions::{Action, Doer},
    api::{
        account::{SignOut, list_sessions, me},
        settings::{MailStatus, mail_status},
    },
    browser,
    components::time::ago,
    error::AppError,
    loaded::{Loaded, Source, live_view},
};
use domain::views::{Me, SessionRow};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use serde::{Deserialize, Serialize};

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Shown {
    me: Me,
    sessions: Vec<SessionRow>,
    mail: MailStatus,
}

async fn fetch((): ()) -> Result<Shown, AppError> {
    Ok(Shown {
        me: me().await?,
        sessions: list_sessions().await?,
        mail: mail_status().await?,
    })
}

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let source = Source {
        query: Memo::new(|_| ()),
        fetch,
        concerns: |_: &Shown, _| false,
    };
    view! {
        <Title text="Settings · Rollcall"/>
        <header class="page-head"><h1 tabindex="-1">"Settings"</h1></header>
        {live_view(source, sections)}
    }
    .into_any()
}

fn sections(loaded: Loaded<Shown>) -> AnyView {
    let sign_out = ServerAction::<SignOut>::new();
    let me = move || loaded.data.get().map(|shown| shown.me);
    view! {
        <section class="card" aria-labelledby="account">
            <h2 id="account">"Account"</h2>
            <dl class="facts">
                <dt>"Signed in as"</dt><dd><bdi>{move || me().map(|me| me.email)}</bdi></dd>
                <dt>"Version"</dt><dd>"Rollcall " {move || me().map(|me| me.server_version)}</dd>
            </dl>
            <ActionForm action=sign_out><button type="submit" class="button">"Sign out"</button></ActionForm>
        </section>
        <ThemeChoice/>
        <section class="card" aria-labelledby="mail">
            <h2 id="mail">"Mail"</h2>
            {move || loaded.data.get().map(|shown| mail(shown.mail))}
        </section>
        <section class="card" aria-labelledby="sessions">
            <h2 id="sessions">"Signed-in browsers"</h2>
            <ul class="sessions">
                <For each=move || loaded.data.get().map(|shown| shown.sessions).unwrap_or_default() key=|session| (session.id, session.last_seen_at) let:session>
                    {session_row(session)}
                </For>
            </ul>
        </section>
    }
    .into_any()
}

fn mail(status: MailStatus) -> AnyView {
    match status {
        MailStatus::Server => view! { <p>"Mails are sent through the configured mail server."</p> }.into_any(),
        MailStatus::Files { folder } => view! {
            <p>"Mails are written to files in " <code>{folder}</code> " because no mail server is configured."</p>
            <p class="hint">"Start the server with " <code>"--smtp-url"</code> " to send them."</p>
        }
        .into_any(),
    }
}

fn session_row(session: SessionRow) -> impl IntoView {
    let doer = Doer::get();
    let id = session.id;
    let end = if session.is_current {
        view! { <span class="hint">"This browser"</span> }.into_any()
    } else {
        view! {
            <button type="button" class="button" on:click=move |_| doer.run(Action::Revoke(id), "")>"Sign out"</button>
        }
        .into_any()
    };
    view! {
        <li>
            <span class="who"><bdi>{browser_name(&session.user_agent)}</bdi>
                <small>"Signed in " {ago(session.created_at)} ", last seen " {ago(session.last_seen_at)}</small></span>
            {end}
        </li>
    }
}

/// `Firefox on Linux`: what a `User-Agent` header says, as far as most people care.
fn browser_name(user_agent: &str) -> String {
    let first = |words: &[(&str, &'static str)]| words.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
    let browser = first(&[("Firefox/", "Firefox"), ("Edg/", "Edge"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = first(&[("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"), ("Windows", "Windows"), ("Linux", "Linux")]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        _ if user_agent.is_empty() => "Unknown browser".to_owned(),
        _ => user_agent.chars().take(80).collect(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_by_their_usual_names() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(browser_name(edge), "Edge on Windows");
        assert_eq!(browser_name(""), "Unknown browser");
        assert_eq!(browser_name("curl/8"), "curl/8");
    }
}
