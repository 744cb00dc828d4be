//! The pages of an active invitation: choose, follow the steps, done.

use super::{
    LandingQuery, LandingState, LandingStatus, choice,
    layout::{Frame, document},
    parts::{credentials, privacy, status_card, trail},
    platform::{can_enroll, choice_label, noun},
    status::{device, status},
    words::{contact, inviter, token},
};
use domain::{
    device::{Platform, permission_label},
    invitation::Acceptance,
    protocol::Helpdesk,
};
use leptos::prelude::*;
use service::landing::LandingInvitation;

/// What the page shows.
enum Stage {
    Choose,
    Follow(Acceptance),
    Unsupported(Acceptance),
    Done,
}

/// The page of an active invitation.
pub(super) fn render(
    landing: &LandingInvitation,
    helpdesk: &Helpdesk,
    suggested: Platform,
    query: LandingQuery,
) -> String {
    let status = status(landing, query);
    let stage = stage(landing, &status, query);
    let title = match stage {
        Stage::Choose => "Set up your device",
        Stage::Follow(_) => "Connect your device",
        Stage::Unsupported(_) => "This device cannot be enrolled yet",
        Stage::Done => "You’re done",
    };
    let is_live = matches!(stage, Stage::Follow(_)) && !query.again;
    document(&Frame { title, inviter: inviter(helpdesk, &landing.url), is_live }, || {
        let seen = LandingQuery::default().path_below(token(&landing.url), "/seen");
        let content = match stage {
            Stage::Choose => choose(landing, helpdesk, suggested, &status, query).into_any(),
            Stage::Follow(chosen) => follow(landing, chosen, &status, query).into_any(),
            Stage::Unsupported(chosen) => unsupported(landing, chosen.platform, query).into_any(),
            Stage::Done => done(landing, query).into_any(),
        };
        view! { <div id="page" data-seen=seen>{content}</div>{contact(helpdesk)} }.into_any()
    })
}

fn stage(landing: &LandingInvitation, status: &LandingStatus, query: LandingQuery) -> Stage {
    let is_done = status.state == LandingState::Done && !query.again;
    match landing.acceptance {
        _ if is_done && !query.change => Stage::Done,
        None => Stage::Choose,
        Some(_) if query.change => Stage::Choose,
        Some(chosen) if can_enroll(chosen.platform) => Stage::Follow(chosen),
        Some(chosen) => Stage::Unsupported(chosen),
    }
}

fn choose(
    landing: &LandingInvitation,
    helpdesk: &Helpdesk,
    suggested: Platform,
    status: &LandingStatus,
    query: LandingQuery,
) -> impl IntoView + use<> {
    let inviter = inviter(helpdesk, &landing.url).to_owned();
    // A device can come before anything was chosen: by the PIN, or by the QR code on another screen.
    let has_answered = landing.acceptance.is_none() && status.state != LandingState::Waiting;
    view! {
        <h1>"Hello "<bdi>{landing.person_name.clone()}</bdi></h1>
        <p class="lead">
            <bdi>{inviter}</bdi>" invites you to enroll your phone or tablet. It takes about two minutes."
        </p>
        {trail(0)}
        {has_answered.then(|| status_card(landing, status, query))}
        {choice::form(landing, suggested, query)}
        {privacy()}
    }
}

fn follow(
    landing: &LandingInvitation,
    chosen: Acceptance,
    status: &LandingStatus,
    query: LandingQuery,
) -> impl IntoView + use<> {
    let steps = match chosen.platform {
        Platform::Linux => linux(landing).into_any(),
        _ => android(landing).into_any(),
    };
    view! {
        <h1>"Connect your "{noun(Some(chosen.platform))}", "<bdi>{landing.person_name.clone()}</bdi></h1>
        {trail(1)}
        {status_card(landing, status, query)}
        {chosen_line(landing, chosen, query)}
        <ol class="steps">{steps}</ol>
        {privacy()}
    }
}

fn android(landing: &LandingInvitation) -> impl IntoView + use<> {
    let permissions: Vec<_> =
        Platform::Android.required_permissions().iter().map(|name| permission_label(name)).collect();
    view! {
        <li>
            <h2>"Install the agent"</h2>
            <p>
                "Install the Rollcall agent that your helpdesk gives you. It is not in an app store yet; the reference
                agent is a program that runs in Termux."
            </p>
        </li>
        <li>
            <h2>"Connect it"</h2>
            <p>"Give the agent this link. In Termux, run:"</p>
            {credentials(landing)}
        </li>
        <li>
            <h2>"Allow what it asks for"</h2>
            <p>"The agent needs: "{permissions.join(", ")}". Without them the enrollment cannot finish."</p>
        </li>
    }
}

fn linux(landing: &LandingInvitation) -> impl IntoView + use<> {
    view! {
        <li>
            <h2>"Get the agent"</h2>
            <p>"Ask your helpdesk for the program "<code>"rollcall-agent"</code>" and put it on your device."</p>
        </li>
        <li>
            <h2>"Connect it"</h2>
            <p>"Open a terminal and run:"</p>
            {credentials(landing)}
        </li>
        <li>
            <h2>"Let it finish"</h2>
            <p>"The agent prints one line for each step. Wait until it says that it is done."</p>
        </li>
    }
}

/// iPhones and iPads: no steps that would lead nowhere.
fn unsupported(landing: &LandingInvitation, platform: Platform, query: LandingQuery) -> impl IntoView + use<> {
    let device = platform.label();
    let change = LandingQuery { change: true, ..query }.path(token(&landing.url));
    view! {
        <h1>"Thank you, "<bdi>{landing.person_name.clone()}</bdi></h1>
        <div class="card notice">
            <h2>{device}"s cannot be enrolled yet"</h2>
            <p>
                "Apple’s enrollment is not available in this version of Rollcall, so there is nothing to install on
                your "{device}". Your helpdesk can see that you accepted; ask them how to go on."
            </p>
            <p><a href=change>"Choose another device"</a></p>
        </div>
    }
}

fn done(landing: &LandingInvitation, query: LandingQuery) -> impl IntoView + use<> {
    let token = token(&landing.url);
    let another = LandingQuery { after: landing.devices.len(), change: true, ..LandingQuery::default() }.path(token);
    let again = LandingQuery { again: true, ..query }.path(token);
    let name = device(landing, query).and_then(|device| device.name.clone());
    view! {
        <div class="card done">
            <svg class="tick" viewBox="0 0 64 64" width="64" height="64" aria-hidden="true">
                <circle cx="32" cy="32" r="30"></circle>
                <path d="m19 33 9 9 18-20"></path>
            </svg>
            <h1>"You’re done, "<bdi>{landing.person_name.clone()}</bdi></h1>
            <p class="lead">
                {match name {
                    Some(name) => view! { <bdi>{name}</bdi>" is enrolled." }.into_any(),
                    None => "Your device is enrolled.".into_any(),
                }}
                " You can close this page."
            </p>
            <p class="links">
                <a href=another>"Enroll another device"</a>
                <a href=again>"Set this device up again"</a>
            </p>
        </div>
    }
}

fn chosen_line(landing: &LandingInvitation, chosen: Acceptance, query: LandingQuery) -> impl IntoView + use<> {
    let change = LandingQuery { change: true, ..query }.path(token(&landing.url));
    view! {
        <p class="chosen">
            {choice_label(chosen.platform)}" · "{chosen.ownership.label()}" "
            <a href=change>"Change"</a>
        </p>
    }
}
