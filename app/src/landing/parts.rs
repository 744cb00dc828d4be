//! Parts of the pages of an active invitation.

use super::{LandingQuery, LandingStatus, code, command, words};
use domain::{credentials::Pin, device::Ownership};
use leptos::prelude::*;
use service::landing::LandingInvitation;

/// The three stages of an enrollment as the person sees it, of which `current` (from 0) is the one of this page.
pub(super) fn trail(current: usize) -> impl IntoView {
    let stages = ["Accept", "Connect", "Done"].into_iter().enumerate().map(|(at, name)| {
        let current_step = (at == current).then_some("step");
        view! { <li aria-current=current_step>{name}</li> }
    });
    view! { <ol class="trail" aria-label="Progress">{stages.collect_view()}</ol> }
}

/// How far the device is. The script keeps it current; without JavaScript the page reloads.
pub(super) fn status_card(
    landing: &LandingInvitation,
    status: &LandingStatus,
    query: LandingQuery,
) -> impl IntoView + use<> {
    let token = words::token(&landing.url);
    let here = LandingQuery { again: false, ..query };
    // Set up again: what the device said before is no news, so nobody waits for it.
    let poll = (!query.again).then(|| here.path_below(token, "/status"));
    let LandingStatus { state, step, steps, text } = status.clone();
    view! {
        <section id="status" class="card status" aria-label="Status" data-state=state.as_str() data-poll=poll>
            <p id="status-text" role="status">{text}</p>
            <progress id="status-steps" aria-label="Steps done" max=steps value=step></progress>
            <p class="quiet"><a href=here.path(token)>"Check again"</a></p>
        </section>
    }
}

/// Everything that the agent can enroll with: the link in a command, the QR code, and what can be typed.
pub(super) fn credentials(landing: &LandingInvitation) -> impl IntoView + use<> {
    let ownership = landing.acceptance.map_or(Ownership::Personal, |chosen| chosen.ownership);
    view! {
        {copyable("command", command::by_url(&landing.url, ownership))}
        <details>
            <summary>"QR code for another device"</summary>
            <p>"Open this page on a second screen and scan the code with the agent or the camera of your device."</p>
            {picture(&landing.url)}
            {copyable("link", landing.url.clone())}
        </details>
        <details>
            <summary>"Type a PIN instead"</summary>
            {typed(landing, ownership)}
        </details>
    }
}

fn typed(landing: &LandingInvitation, ownership: Ownership) -> impl IntoView + use<> {
    let pin = Pin::parse(&landing.pin).map_or_else(|| landing.pin.clone(), |pin| pin.grouped());
    view! {
        <p>"The agent asks for these three. The PIN works only together with the email."</p>
        <dl>
            <dt>"Server"</dt>
            <dd><code id="server">{words::server(&landing.url).to_owned()}</code></dd>
            <dt>"Email"</dt>
            <dd><code id="email">{landing.email.clone()}</code></dd>
            <dt>"PIN"</dt>
            <dd><code id="pin" class="pin">{pin}</code></dd>
        </dl>
        <p>"In a terminal:"</p>
        {copyable("pin-command", command::by_pin(&landing.url, &landing.email, &landing.pin, ownership))}
    }
}

/// Text in a box of its own, with a button that copies it. The script shows the button where it can copy.
fn copyable(id: &'static str, text: String) -> impl IntoView {
    view! {
        <div class="copyable">
            <code id=id>{text}</code>
            <button type="button" data-copy=id hidden>"Copy"</button>
        </div>
    }
}

fn picture(url: &str) -> impl IntoView + use<> {
    code::svg(url).map(|(view_box, path)| {
        view! {
            <svg class="qr" viewBox=view_box role="img" aria-label="QR code of your enrollment link">
                <rect width="100%" height="100%"></rect>
                <path d=path></path>
            </svg>
        }
    })
}

/// What the organisation will be able to see and do.
pub(super) fn privacy() -> impl IntoView {
    view! {
        <details class="card privacy">
            <summary>"What your helpdesk can see and do"</summary>
            <p>
                "It sees the model and version of the device, its battery, storage and network, which permissions the
                agent has, and when it was last in contact. It can ask where the device is, make it ring, show a message
                on it, and lock it; on company devices that allow it, also erase it."
            </p>
            <p>"The agent does not read messages, photos, contacts or the browser’s history."</p>
        </details>
    }
}
