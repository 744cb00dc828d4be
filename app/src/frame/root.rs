//! The root of the console: contexts that every page has, and the routes.

#[cfg(feature = "ssr")]
use crate::plain::{
    password::{ChangePasswordPage, ResetPage},
    setup::SetupPage,
    sign_in::SignInPage,
};
use crate::{
    browser,
    components::{announcer::Announcer, time::provide_now},
    frame::{announcer::RouteAnnouncer, console::Console},
    pages::{
        device::DevicePage,
        devices::DevicesPage,
        invitations::InvitationsPage,
        not_found::NotFound,
        people::{ImportPage, PeoplePage},
        settings::{ApplePage, AuditPage, SettingsPage},
    },
    text,
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
#[cfg(feature = "ssr")]
use leptos_router::components::Redirect;
use leptos_router::{
    MatchNestedRoutes, SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

/// The console.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_now();
    Announcer::provide();
    // Tells tests that event handlers are attached.
    Effect::new(|| browser::mark_document("data-hydrated", ""));
    view! {
        <Router>
            <a class="skip-link" href="#main">{text::skip_to_content()}</a>
            <RouteAnnouncer/>
            {routes()}
        </Router>
    }
}

/// The routes of the server: the console, and the pages in front of it, which need no code in the browser.
#[cfg(feature = "ssr")]
fn routes() -> impl IntoView {
    view! {
        <Routes fallback=NotFound>
            <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
            <Route path=path!("/setup/:token") view=SetupPage ssr=SsrMode::Async/>
            <Route path=path!("/reset/:token") view=ResetPage ssr=SsrMode::Async/>
            <Route path=path!("/settings/password") view=ChangePasswordPage ssr=SsrMode::Async/>
            <Route path=path!("/") view=|| view! { <Redirect path="/devices"/> }/>
            <ConsoleRoutes/>
        </Routes>
    }
}

/// The routes of the browser. All other pages are loaded from the server.
#[cfg(not(feature = "ssr"))]
fn routes() -> impl IntoView {
    view! { <Routes fallback=NotFound><ConsoleRoutes/></Routes> }
}

#[component(transparent)]
fn ConsoleRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Console ssr=SsrMode::Async>
            <Route path=path!("devices") view=DevicesPage ssr=SsrMode::Async/>
            <Route path=path!("devices/:slot_id") view=DevicePage ssr=SsrMode::Async/>
            <Route path=path!("invitations") view=InvitationsPage ssr=SsrMode::Async/>
            <Route path=path!("people") view=PeoplePage ssr=SsrMode::Async/>
            <Route path=path!("people/import") view=ImportPage ssr=SsrMode::Async/>
            <Route path=path!("settings") view=SettingsPage ssr=SsrMode::Async/>
            <Route path=path!("settings/audit") view=AuditPage ssr=SsrMode::Async/>
            <Route path=path!("settings/apple") view=ApplePage ssr=SsrMode::Async/>
            <Route path=path!("*any") view=NotFound ssr=SsrMode::Async/>
        </ParentRoute>
    }
    .into_inner()
}
