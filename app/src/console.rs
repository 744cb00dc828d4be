//! The frame of the console: navigation, banners, dialogs and the page.

use crate::{
    api::account::{SIGN_OUT, check_session},
    components::{
        icon::{Icon, icon},
        notices::{NoticeArea, Notices},
    },
    dialogs::{DialogHost, Dialogs},
    erase::Erase as _,
    live::Live,
    queries::encoded,
    session::Session,
};
use leptos::prelude::*;
use leptos_router::{
    components::{A, Outlet},
    hooks::use_location,
};

/// Everything around a page of a signed-in account.
#[component]
pub fn Console() -> impl IntoView {
    let session = Session::provide();
    Live::provide(session);
    Notices::provide();
    Dialogs::provide();
    view! {
        <div class="frame">
            <Navigation/>
            <div class="stage">
                <MailBanner/>
                <SignedOutBanner session=session/>
                <main id="main" tabindex="-1">
                    <NoticeArea/>
                    <Outlet/>
                </main>
            </div>
        </div>
        <DialogHost/>
    }
    .erase()
}

#[component]
fn Navigation() -> impl IntoView {
    let link = |href: &'static str, sign: Icon, label: &'static str| {
        view! { <li><A href=href attr:class="nav-link">{icon(sign)} <span>{label}</span></A></li> }
    };
    view! {
        <header class="side">
            <a class="brand" href="/devices"><span class="brand-mark" aria-hidden="true">{icon(Icon::Tick)}</span> "Rollcall"</a>
            <nav class="nav" aria-label="Main">
                <p class="nav-title" id="nav-management">"Management"</p>
                <ul aria-labelledby="nav-management">
                    {link("/devices", Icon::Phone, "Mobile devices")}
                    {link("/invitations", Icon::Mail, "Invitations")}
                    {link("/people", Icon::People, "People")}
                </ul>
                <ul class="nav-foot">{link("/settings", Icon::Settings, "Settings")}</ul>
            </nav>
            <div class="side-foot">
                <form method="post" action=SIGN_OUT>
                    <button type="submit" class="link-button">"Sign out"</button>
                </form>
            </div>
        </header>
    }
}

/// Says that mails are written to files, since nobody would get any.
#[component]
fn MailBanner() -> impl IntoView {
    let session = Session::get();
    let to_files = Resource::new(|| (), |()| check_session());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let to_files = to_files.await.inspect_err(|error| session.note(error));
                to_files.unwrap_or_default().then(|| view! {
                    <div class="bar" data-tone="info" role="region" aria-label="Notice about mail">
                        {icon(Icon::Mail)}
                        <span>"No mail server is configured: mails are written to files. " <a href="/settings">"Details"</a></span>
                    </div>
                })
            })}
        </Suspense>
    }
}

/// Says that the session is over, and how to come back here.
#[component]
fn SignedOutBanner(session: Session) -> impl IntoView {
    let location = use_location();
    move || {
        session.is_over().then(|| {
            let (path, search) = (location.pathname.get(), location.search.get());
            let here = if search.is_empty() { path } else { format!("{path}?{search}") };
            view! {
                <div class="bar" data-tone="danger" role="alert" aria-label="Session">
                    {icon(Icon::Lock)}
                    <span>"You are signed out. " <a rel="external" href=format!("/sign-in?next={}", encoded(&here))>"Sign in again"</a></span>
                </div>
            }
        })
    }
}
