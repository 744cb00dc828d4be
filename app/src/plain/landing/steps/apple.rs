//! The steps on an iPhone or iPad: get the profile in Safari, install it in Settings. Everything works without the script.

use crate::plain::landing::{
    LandingQuery,
    enrollment_url::token,
    parts::{copyable, other_screen, picture},
    platform::{Browser, Place, noun},
};
use domain::device::Platform;
use i18n::Language;
use leptos::prelude::*;
use service::enrollment::landing::LandingInvitation;

/// Opens a page in Safari from another browser, from iOS 17 on. It is not documented, so the link stands beside it.
const IN_SAFARI: &str = "x-safari-";

/// What the person does, in the browser that shows this page.
pub(super) fn steps(
    landing: &LandingInvitation,
    platform: Platform,
    browser: Browser,
    query: LandingQuery,
    language: Language,
) -> impl IntoView + use<> {
    match browser.place {
        Place::Elsewhere => other_screen(landing, platform, "computer-text", language).into_any(),
        Place::OtherBrowser => view! {
            {open_in_safari(landing, language)}
            {on_the_device(landing, platform, browser, query, language)}
        }
        .into_any(),
        Place::Safari | Place::DesktopSafari => on_the_device(landing, platform, browser, query, language).into_any(),
    }
}

/// Only Safari installs profiles; mail and chat programs have browsers of their own.
fn open_in_safari(landing: &LandingInvitation, language: Language) -> impl IntoView + use<> {
    view! {
        <div class="card notice">
            <h2>{language.text("safari-heading")}</h2>
            <p>{language.text("safari-text")}</p>
            <p><a class="primary" href=format!("{IN_SAFARI}{}", landing.url)>{language.text("safari-open")}</a></p>
            <p>{language.text("safari-copy")}</p>
            {copyable("link", landing.url.clone(), language)}
        </div>
    }
}

/// A Mac, as far as the script can tell: it shows this part where there is no touch screen.
fn mac(landing: &LandingInvitation, platform: Platform, language: Language) -> impl IntoView + use<> {
    view! {
        <div id="mac" class="card notice" hidden>
            <p>{language.text_with("mac-text", &[noun(Some(platform))])}</p>
            {picture(&landing.url, language)}
            {copyable("link", landing.url.clone(), language)}
        </div>
    }
}

fn on_the_device(
    landing: &LandingInvitation,
    platform: Platform,
    browser: Browser,
    query: LandingQuery,
    language: Language,
) -> impl IntoView + use<> {
    let noun = noun(Some(platform));
    // A link and no script: iOS asks whether to allow the download only after a tap on one.
    let profile = query.path_below(token(&landing.url), "/profile");
    let mac = (browser.place == Place::DesktopSafari).then(|| mac(landing, platform, language));
    view! {
        {mac}
        <ol class="steps">
            <li>
                <h2>{language.text("apple-get")}</h2>
                <p>{language.text("apple-get-how")}</p>
                <p><a class="primary" href=profile>{language.text("apple-get-button")}</a></p>
                <p class="quiet">{language.text("apple-get-soon")}</p>
            </li>
            <li>
                <h2>{language.text("apple-open")}</h2>
                <p>{language.text("apple-open-how")}</p>
            </li>
            <li>
                <h2>{language.text("apple-install")}</h2>
                <p>{language.text("apple-install-how")}</p>
            </li>
            <li>
                <h2>{language.text("apple-wait")}</h2>
                <p>{language.text_with("apple-wait-how", &[noun])}</p>
            </li>
        </ol>
        <details class="card">
            <summary>{language.text("apple-before")}</summary>
            <p>{language.text_with("apple-before-managed", &[noun])}</p>
            <p>{language.text("apple-before-protection")}</p>
            <p>{language.text("apple-before-network")}</p>
        </details>
    }
}
