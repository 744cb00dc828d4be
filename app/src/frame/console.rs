//! The frame of the console: navigation, banners, dialogs and the page.

use crate::{
    browser,
    components::{
        notices::{NoticeArea, Notices},
        when_loaded::when_loaded,
    },
    data::{
        Pending,
        api::account::{SIGN_OUT, console_notices},
        list_query::encoded,
        live_connection::LiveConnection,
        session::Session,
    },
    dialogs::{DialogHost, Dialogs, action_runner::ActionRunner},
    drawing::{
        erasure::{IntoErased as _, reactive, reactive_browser_only},
        icon::{Icon, icon},
        with_views::with_views,
    },
    frame::palette,
    text::{self, FIRST_VIEW},
    wire::{AdminAction, error::AppError},
};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

/// Everything around a page of a signed-in account.
#[component]
pub fn Console() -> impl IntoView {
    let session = Session::provide();
    LiveConnection::provide(session);
    Notices::provide();
    Dialogs::provide();
    palette::listen();
    view! {
        <div class="frame">
            <Navigation/>
            <div class="stage">
                {notices(session)}
                {outbox_banner()}
                <SignedOutBanner session=session/>
                {offline_banner()}
                {outdated_banner()}
                <main id="main" tabindex="-1">
                    <NoticeArea/>
                    <Outlet/>
                </main>
            </div>
        </div>
        <DialogHost/>
    }
    .into_erased()
}

#[component]
fn Navigation() -> impl IntoView {
    let path = use_location().pathname;
    let link = |href: &'static str, symbol: Icon, label: &'static str| {
        let current = move || path.get().starts_with(href).then_some("page");
        view! { <li><a href=href class="nav-link" aria-current=current>{icon(symbol)} <span>{label}</span></a></li> }
            .into_erased()
    };
    view! {
        <header class="side">
            <a class="brand" href="/devices"><span class="brand-mark" aria-hidden="true">{icon(Icon::Tick)}</span> "Rollcall"</a>
            <nav class="nav" aria-label=text::navigation()>
                <p class="nav-title" id="nav-management">{text::management()}</p>
                <ul aria-labelledby="nav-management">
                    {link("/devices", Icon::Phone, text::mobile_devices())}
                    {link("/invitations", Icon::Mail, text::invitations())}
                    {link("/people", Icon::People, text::people())}
                </ul>
                <ul class="nav-foot">{link("/settings", Icon::Settings, text::settings())}</ul>
            </nav>
            <div class="side-foot">
                <form method="post" action=SIGN_OUT>
                    <button type="submit" class="link-button">{text::sign_out()}</button>
                </form>
            </div>
        </header>
    }
}

/// Stands for: there is no session any more.
const SIGNED_OUT: &str = "signed out";

/// What the server has to say above every page: that mails are written to files, because then nobody receives any, and that
/// the push certificate expires.
fn notices(session: Session) -> AnyView {
    let ask = |()| -> Pending<String> {
        Box::pin(async {
            match console_notices().await {
                Ok(html) => html,
                Err(AppError::Unauthenticated) => SIGNED_OUT.to_owned(),
                Err(_) => String::new(),
            }
        })
    };
    let draw = move |html: String| match html.as_str() {
        "" => ().into_erased(),
        SIGNED_OUT => {
            session.note(&AppError::Unauthenticated);
            ().into_erased()
        }
        _ => view! { <div class="frame-notices" inner_html=html></div> }.into_erased(),
    };
    when_loaded(Callback::new(ask), Callback::new(draw), true)
}

/// Says that no mails go out, why, and when the mail server is tried again. The reason is spoken once, and not each time
/// that it is tried.
fn outbox_banner() -> AnyView {
    let (live, runner) = (expect_context::<LiveConnection>(), ActionRunner::get());
    reactive(move || {
        let reason = live.mail_trouble();
        (!reason.is_empty()).then(|| {
            let reason = view! { <bdi>{reason}</bdi> }.into_erased_browser_only();
            let next = reactive_browser_only(move || text::next_mail_try(&browser::local_clock(live.next_mail_try().0)));
            let retry = move |_| runner.run(AdminAction::RetryMails, "");
            view! {
                <div class="bar" data-tone="warn" role="region" aria-label=text::notice_about_mail()>
                    {icon(Icon::Mail)}
                    <span><span role="alert">{with_views(&text::mails_wait(FIRST_VIEW), [reason])}</span> " · " {next}</span>
                    <button type="button" class="link-button" on:click=retry>{text::try_now()}</button>
                </div>
            }
            .into_erased_browser_only()
        })
    })
}

/// Says that the server was updated since the page was loaded.
fn outdated_banner() -> AnyView {
    let live = expect_context::<LiveConnection>();
    reactive(move || {
        live.is_outdated().then(|| {
            let link = view! { <a rel="external" href="">{text::reload_the_page()}</a> }.into_erased_browser_only();
            view! {
                <div class="bar" data-tone="info" role="alert" aria-label=text::update()>
                    {icon(Icon::Refresh)}
                    <span>{with_views(&text::updated(FIRST_VIEW), [link])}</span>
                </div>
            }
            .into_erased_browser_only()
        })
    })
}

/// Says that there is no connection, and since when.
fn offline_banner() -> AnyView {
    let live = expect_context::<LiveConnection>();
    reactive(move || {
        live.away_since().map(|since| {
            view! {
                <div class="bar" data-tone="warn" role="alert" aria-label=text::connection()>
                    {icon(Icon::Offline)}
                    <span>{text::no_connection(&browser::local_clock(since.0))}</span>
                    <button type="button" class="link-button" on:click=move |_| live.retry()>{text::try_now()}</button>
                </div>
            }
            .into_erased_browser_only()
        })
    })
}

/// Says that the session is over. Its link signs in again and comes back to this page.
#[component]
fn SignedOutBanner(session: Session) -> impl IntoView {
    let location = use_location();
    reactive(move || {
        session.is_over().then(|| {
            let (path, search) = (location.pathname.get(), location.search.get());
            let here = if search.is_empty() { path } else { format!("{path}?{search}") };
            view! {
                <div class="bar" data-tone="danger" role="alert" aria-label=text::session()>
                    {icon(Icon::Lock)}
                    <span>{text::signed_out()} " " <a rel="external" href=format!("/sign-in?next={}", encoded(&here))>{text::sign_in_again()}</a></span>
                </div>
            }
        })
    })
}
