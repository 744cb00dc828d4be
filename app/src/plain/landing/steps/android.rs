//! The steps on an Android phone or tablet: get the app from this server, open it, allow what it asks for. Everything works
//! without the script.

use super::figures;
use crate::plain::landing::{
    parts::{by_pin, copyable, credentials, other_screen},
    platform::{AndroidPlace, Browser, noun},
    status::missing_name,
};
use domain::device::{Ownership, Platform};
use i18n::Language;
use leptos::prelude::*;
use service::{android, enrollment::landing::LandingInvitation};

/// What the person does, in the browser that shows this page.
pub(super) fn steps(
    landing: &LandingInvitation,
    ownership: Ownership,
    browser: Browser,
    language: Language,
) -> impl IntoView + use<> {
    match browser.android {
        _ if !landing.has_android_app => with_agent(landing, language).into_any(),
        AndroidPlace::Elsewhere => {
            other_screen(landing, Platform::Android, "computer-text-android", language).into_any()
        }
        AndroidPlace::WebView => view! {
            {open_in_browser(landing, language)}
            {with_app(landing, ownership, language)}
        }
        .into_any(),
        AndroidPlace::Browser => with_app(landing, ownership, language).into_any(),
    }
}

/// Mail and chat programs show pages in themselves, and often download nothing.
fn open_in_browser(landing: &LandingInvitation, language: Language) -> impl IntoView + use<> {
    view! {
        <div class="card notice">
            <h2>{language.text("browser-heading")}</h2>
            <p>{language.text("browser-text")}</p>
            {copyable("link", landing.url.clone(), language)}
        </div>
    }
}

fn with_app(landing: &LandingInvitation, ownership: Ownership, language: Language) -> impl IntoView + use<> {
    view! {
        <ol class="steps">
            <li>
                <h2>{language.text("app-get")}</h2>
                <p>{language.text("app-get-how")}</p>
                <p><a class="primary" href=android::PATH>{language.text("app-get-button")}</a></p>
                <details>
                    <summary>{language.text("app-source")}</summary>
                    {figures::source_switch()}
                    <p>{language.text("app-source-how")}</p>
                </details>
                <details>
                    <summary>{language.text("app-warning")}</summary>
                    <p>{language.text("app-warning-how")}</p>
                </details>
            </li>
            <li>
                <h2>{language.text("app-open")}</h2>
                <p>{language.text_with("app-open-how", &[noun(Some(Platform::Android))])}</p>
                <p><a class="primary" href=android::open_url(&landing.url, ownership)>{language.text("app-open-button")}</a></p>
                <details>
                    <summary>{language.text("pin-instead")}</summary>
                    {by_pin(landing, "app-pin-how", language)}
                </details>
            </li>
            <li>
                <h2>{language.text("android-allow")}</h2>
                <p>{allow_how("app-allow-how", language)}</p>
                <details>
                    <summary>{language.text("app-restricted")}</summary>
                    {figures::restricted_menu()}
                    <p>{language.text("app-restricted-how")}</p>
                </details>
            </li>
        </ol>
    }
}

/// The server has no app: the person was given an agent.
fn with_agent(landing: &LandingInvitation, language: Language) -> impl IntoView + use<> {
    view! {
        <ol class="steps">
            <li>
                <h2>{language.text("android-install")}</h2>
                <p>{language.text("android-install-how")}</p>
            </li>
            <li>
                <h2>{language.text("android-connect")}</h2>
                <p>{language.text("android-connect-how")}</p>
                {credentials(landing, language)}
            </li>
            <li>
                <h2>{language.text("android-allow")}</h2>
                <p>{allow_how("android-allow-how", language)}</p>
            </li>
        </ol>
    }
}

fn allow_how(key: &str, language: Language) -> String {
    let permissions: Vec<_> =
        Platform::Android.required_permissions().iter().map(|name| missing_name(name, language)).collect();
    language.text_with(key, &[("permissions", (&language.list(&permissions)).into())])
}
