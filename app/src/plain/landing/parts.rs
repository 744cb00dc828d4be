//! Parts of the pages of an active invitation.

use super::{LandingQuery, LandingStatus, command, enrollment_url, platform::noun};
use crate::drawing::qr::{QrPath, qr_path};
use domain::{
    device::{Ownership, Platform},
    invitation::credentials::Pin,
};
use i18n::{Arg, Language, Piece};
use leptos::prelude::*;
use service::enrollment::landing::LandingInvitation;

/// The three stages of an enrollment as the person sees it, of which `current` (from 0) is the one of this page.
pub(super) fn trail(current: usize, language: Language) -> impl IntoView {
    let stages = ["trail-accept", "trail-connect", "trail-done"].into_iter().enumerate().map(|(at, name)| {
        let current_step = (at == current).then_some("step");
        view! { <li aria-current=current_step>{language.text(name)}</li> }
    });
    view! { <ol class="trail" aria-label=language.text("trail")>{stages.collect_view()}</ol> }
}

/// How far the device is. The script keeps it current; without JavaScript the page reloads.
pub(super) fn status_card(
    landing: &LandingInvitation,
    status: &LandingStatus,
    language: Language,
    query: LandingQuery,
) -> impl IntoView + use<> {
    let token = enrollment_url::token(&landing.url);
    let here = LandingQuery { again: false, ..query };
    // The device is being set up again: it has a status already, so there is nothing to wait for.
    let poll = (!query.again).then(|| here.path_below(token, "/status"));
    let LandingStatus { state, step, steps, text } = status.clone();
    view! {
        <section id="status" class="card status" aria-label=language.text("status") data-state=state.as_str() data-poll=poll>
            <p id="status-text" role="status">{text}</p>
            <progress id="status-steps" aria-label=language.text("status-steps") max=steps value=step></progress>
            <p class="quiet"><a href=here.path(token)>{language.text("status-check")}</a></p>
        </section>
    }
}

/// Everything that the agent can enroll with: the link in a command, the QR code, and what can be typed.
pub(super) fn credentials(landing: &LandingInvitation, language: Language) -> impl IntoView + use<> {
    let ownership = landing.acceptance.map_or(Ownership::Personal, |accepted| accepted.ownership);
    view! {
        {copyable("command", command::by_url(&landing.url, ownership), language)}
        <details>
            <summary>{language.text("code-other-device")}</summary>
            <p>{language.text("code-other-device-how")}</p>
            {picture(&landing.url, language)}
            {copyable("link", landing.url.clone(), language)}
        </details>
        <details>
            <summary>{language.text("pin-instead")}</summary>
            {typed(landing, ownership, language)}
        </details>
    }
}

fn typed(landing: &LandingInvitation, ownership: Ownership, language: Language) -> impl IntoView + use<> {
    let command = command::by_pin(&landing.url, &landing.email, &landing.pin, ownership);
    view! {
        {by_pin(landing, "pin-instead-how", language)}
        <p>{language.text("pin-terminal")}</p>
        {copyable("pin-command", command, language)}
    }
}

/// What a person types who enrolls by PIN. `how`: the message above it.
pub(super) fn by_pin(landing: &LandingInvitation, how: &'static str, language: Language) -> impl IntoView + use<> {
    let pin = Pin::parse(&landing.pin).map_or_else(|| landing.pin.clone(), |pin| pin.grouped());
    view! {
        <p>{language.text(how)}</p>
        <dl>
            <dt>{language.text("server")}</dt>
            <dd><code translate="no" id="server">{enrollment_url::server(&landing.url).to_owned()}</code></dd>
            <dt>{language.text("email")}</dt>
            <dd><code translate="no" id="email">{landing.email.clone()}</code></dd>
            <dt>{language.text("pin")}</dt>
            <dd><code translate="no" id="pin" class="pin">{pin}</code></dd>
        </dl>
    }
}

/// A computer shows the page: the device has to open it. `how`: the message that says so.
pub(super) fn other_screen(
    landing: &LandingInvitation,
    platform: Platform,
    how: &'static str,
    language: Language,
) -> impl IntoView + use<> {
    let noun = noun(Some(platform));
    view! {
        <div class="card">
            <h2>{language.text_with("computer-heading", &[noun])}</h2>
            <p>{language.text_with(how, &[noun])}</p>
            {picture(&landing.url, language)}
            {copyable("link", landing.url.clone(), language)}
        </div>
    }
}

/// Text in a box of its own, with a button that copies it. The script shows the button where it can copy.
pub(super) fn copyable(id: &'static str, text: String, language: Language) -> impl IntoView {
    view! {
        <div class="copyable">
            <code translate="no" id=id>{text}</code>
            <button type="button" data-copy=id hidden>{language.text("copy")}</button>
        </div>
    }
}

pub(super) fn picture(url: &str, language: Language) -> impl IntoView + use<> {
    qr_path(url).map(|QrPath { side, path }| {
        view! {
            <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=language.text("code-picture")>
                <rect width="100%" height="100%"></rect>
                <path d=path></path>
            </svg>
        }
    })
}

/// What the organisation will be able to see and do.
pub(super) fn privacy(platform: Platform, language: Language) -> impl IntoView {
    let (sees, never) = if platform.is_apple() {
        ("privacy-sees-apple", "privacy-never-apple")
    } else {
        ("privacy-sees", "privacy-never")
    };
    view! {
        <details class="card privacy">
            <summary>{language.text("privacy-heading")}</summary>
            <p>{language.text(sees)}</p>
            <p>{language.text(never)}</p>
        </details>
    }
}

/// The name of a person or a device. Its writing direction does not affect the text around it, and no browser translates
/// it.
pub(super) fn name_view(name: String) -> AnyView {
    view! { <bdi translate="no">{name}</bdi> }.into_any()
}

/// The phrase `key` with a view in the place of its argument `slot`.
pub(super) fn with_view(
    language: Language,
    key: &str,
    args: &[(&str, Arg<'_>)],
    slot: &str,
    view: AnyView,
) -> Vec<AnyView> {
    let mut view = Some(view);
    let pieces = language.pieces(key, &[slot], args).into_iter();
    let part = |piece| match piece {
        Piece::Text(text) => Some(text.into_any()),
        Piece::Placeholder(_) => view.take(),
    };
    pieces.filter_map(part).collect()
}
