//! The pages of an active invitation: choose, follow the steps, done.

mod android;
mod apple;
mod figures;

use super::{
    LandingQuery, LandingState, LandingStatus,
    choice::{self, ownership_label},
    contact::{contact, inviter},
    enrollment_url::token,
    language_of,
    layout::{Frame, document},
    parts::{credentials, name_view, privacy, status_card, trail, with_view},
    platform::{Browser, choice_label, noun},
    status::{device, status},
};
use domain::{device::Platform, invitation::Acceptance, protocol::Helpdesk};
use i18n::Language;
use leptos::prelude::*;
use service::enrollment::landing::LandingInvitation;

/// What the page shows.
enum Stage {
    Choose,
    Follow(Acceptance),
    /// The organisation cannot enroll iPhones at the moment.
    NotReady(Acceptance),
    Done,
    /// A device is enrolled, and nothing says that it is the one that shows this page.
    Enrolled,
}

/// The page of an active invitation.
pub(super) fn render(
    landing: &LandingInvitation,
    helpdesk: &Helpdesk,
    browser: Browser,
    query: LandingQuery,
) -> String {
    let language = language_of(landing, query);
    let status = status(landing, query);
    let stage = stage(landing, &status, query);
    let title = language.text(match stage {
        Stage::Choose => "title-choose",
        Stage::Follow(_) => "title-follow",
        Stage::NotReady(_) => "title-not-ready",
        Stage::Done => "title-done",
        Stage::Enrolled => "title-enrolled",
    });
    let is_live = matches!(stage, Stage::Follow(_)) && !query.again;
    let frame = Frame { title, inviter: inviter(helpdesk, &landing.url), is_live, language, query };
    document(&frame, || {
        let seen = LandingQuery::default().path_below(token(&landing.url), "/seen");
        let (copied, selected) = (language.text("copied"), language.text("selected"));
        let content = match stage {
            Stage::Choose => choose(landing, helpdesk, browser.suggested, &status, query).into_any(),
            Stage::Follow(accepted) => follow(landing, accepted, browser, &status, query).into_any(),
            Stage::NotReady(accepted) => not_ready(landing, accepted.platform, query).into_any(),
            Stage::Done => done(landing, query).into_any(),
            Stage::Enrolled => enrolled(landing, query).into_any(),
        };
        view! {
            // What the script says after copying is in the page, in the page's language.
            <div id="page" data-seen=seen data-copied=copied data-selected=selected>{content}</div>
            {contact(helpdesk, language)}
        }
        .into_any()
    })
}

fn stage(landing: &LandingInvitation, status: &LandingStatus, query: LandingQuery) -> Stage {
    let is_done = status.state == LandingState::Done && !query.again;
    match landing.acceptance {
        _ if is_done && !query.change && query.mine => Stage::Done,
        _ if is_done && !query.change => Stage::Enrolled,
        None => Stage::Choose,
        Some(_) if query.change => Stage::Choose,
        Some(accepted) if landing.apple.is_some_and(|apple| !apple.is_ready) => Stage::NotReady(accepted),
        Some(accepted) => Stage::Follow(accepted),
    }
}

fn choose(
    landing: &LandingInvitation,
    helpdesk: &Helpdesk,
    suggested: Platform,
    status: &LandingStatus,
    query: LandingQuery,
) -> impl IntoView + use<> {
    let language = language_of(landing, query);
    let inviter = inviter(helpdesk, &landing.url).to_owned();
    // A device can enroll before its platform was selected: by the PIN, or by the QR code on another screen.
    let has_answered = landing.acceptance.is_none() && status.state != LandingState::Waiting;
    view! {
        <h1>{greeting(landing, "choose-hello", language)}</h1>
        <p class="lead">{with_view(language, "choose-lead", &[], "inviter", name_view(inviter))}</p>
        {trail(0, language)}
        {has_answered.then(|| status_card(landing, status, language, query))}
        {choice::form(landing, suggested, language, query)}
        {privacy(suggested, language)}
    }
}

/// A message with the person's name in it.
fn greeting(landing: &LandingInvitation, key: &str, language: Language) -> Vec<AnyView> {
    let noun = noun(landing.acceptance.map(|accepted| accepted.platform));
    with_view(language, key, &[noun], "name", name_view(landing.person_name.clone()))
}

fn follow(
    landing: &LandingInvitation,
    accepted: Acceptance,
    browser: Browser,
    status: &LandingStatus,
    query: LandingQuery,
) -> impl IntoView + use<> {
    let language = language_of(landing, query);
    let steps = match accepted.platform {
        Platform::Linux => linux(landing, language).into_any(),
        Platform::Android => android::steps(landing, accepted.ownership, browser, language).into_any(),
        platform => apple::steps(landing, platform, browser, query, language).into_any(),
    };
    view! {
        <h1>{greeting(landing, "follow-heading", language)}</h1>
        {trail(1, language)}
        {status_card(landing, status, language, query)}
        {accepted_line(landing, accepted, query)}
        {steps}
        {privacy(accepted.platform, language)}
    }
}

fn linux(landing: &LandingInvitation, language: Language) -> impl IntoView + use<> {
    let program = view! { <code>"rollcall-agent"</code> }.into_any();
    view! {
        <ol class="steps">
        <li>
            <h2>{language.text("linux-get")}</h2>
            <p>{with_view(language, "linux-get-how", &[], "program", program)}</p>
        </li>
        <li>
            <h2>{language.text("linux-connect")}</h2>
            <p>{language.text("linux-connect-how")}</p>
            {credentials(landing, language)}
        </li>
        <li>
            <h2>{language.text("linux-finish")}</h2>
            <p>{language.text("linux-finish-how")}</p>
        </li>
        </ol>
    }
}

/// iPhones and iPads while there is no push certificate: there are no steps.
fn not_ready(landing: &LandingInvitation, platform: Platform, query: LandingQuery) -> impl IntoView + use<> {
    let language = language_of(landing, query);
    let noun = noun(Some(platform));
    let change = LandingQuery { change: true, ..query }.path(token(&landing.url));
    view! {
        <h1>{greeting(landing, "not-ready-thanks", language)}</h1>
        <div class="card notice">
            <h2>{language.text_with("not-ready-heading", &[noun])}</h2>
            <p>{language.text_with("not-ready-text", &[noun])}</p>
            <p><a href=change>{language.text("not-ready-other")}</a></p>
        </div>
    }
}

fn done(landing: &LandingInvitation, query: LandingQuery) -> impl IntoView + use<> {
    let language = language_of(landing, query);
    let another = another_device(landing, query);
    let again = LandingQuery { again: true, ..query }.path(token(&landing.url));
    let what = enrolled_device(landing, query, language);
    view! {
        <div class="card done">
            <svg class="tick" viewBox="0 0 64 64" width="64" height="64" aria-hidden="true">
                <circle cx="32" cy="32" r="30"></circle>
                <path d="m19 33 9 9 18-20"></path>
            </svg>
            <h1>{greeting(landing, "done-heading", language)}</h1>
            <p class="lead">{what}" "{language.text("done-close")}</p>
            <p class="links">
                <a href=another>{language.text("done-another")}</a>
                <a href=again>{language.text("done-again")}</a>
            </p>
        </div>
    }
}

/// Someone opened the link after a device was enrolled with it: perhaps on that device, perhaps on the next one.
fn enrolled(landing: &LandingInvitation, query: LandingQuery) -> impl IntoView + use<> {
    let language = language_of(landing, query);
    let what = enrolled_device(landing, query, language);
    view! {
        <h1>{greeting(landing, "choose-hello", language)}</h1>
        <div class="card notice">
            <h2>{what}</h2>
            <p>{language.text("enrolled-this")}</p>
            <p>{language.text("enrolled-other")}</p>
            <p><a class="primary" href=another_device(landing, query)>{language.text("enrolled-enroll")}</a></p>
        </div>
    }
}

/// The sentence that names the device that is enrolled.
fn enrolled_device(landing: &LandingInvitation, query: LandingQuery, language: Language) -> Vec<AnyView> {
    match device(landing, query).and_then(|device| device.name.clone()) {
        Some(name) => with_view(language, "done-device", &[], "device", name_view(name)),
        None => vec![language.text("done-some-device").into_any()],
    }
}

/// The link to the page for one more device.
fn another_device(landing: &LandingInvitation, query: LandingQuery) -> String {
    let fresh = LandingQuery { lang: query.lang, ..LandingQuery::default() };
    LandingQuery { after: landing.devices.len(), change: true, ..fresh }.path(token(&landing.url))
}

fn accepted_line(landing: &LandingInvitation, accepted: Acceptance, query: LandingQuery) -> impl IntoView + use<> {
    let language = language_of(landing, query);
    let change = LandingQuery { change: true, ..query }.path(token(&landing.url));
    view! {
        <p class="chosen">
            {choice_label(accepted.platform, language)}" · "{ownership_label(accepted.ownership, language)}" "
            <a href=change>{language.text("follow-change")}</a>
        </p>
    }
}
