//! The credentials of an invitation: QR code, URL, PIN with the email. They are nowhere else in the console.

use crate::{
    browser,
    components::{
        controls::{
            copy::CopyButton,
            modal::{close_modal, modal},
        },
        states::skeleton,
    },
    data::{
        Pending,
        api::invitations,
        live_connection::{Changed, LiveConnection, News, Reach},
        pace::Pace,
        session::Session,
    },
    drawing::{
        erasure::{IntoErased as _, reactive_browser_only},
        icon::{Icon, icon},
        qr::qr_image,
        with_views::with_views,
    },
    text::{self, FIRST_VIEW},
    wire::error::AppError,
};
use domain::{invitation::credentials::CredentialsView, types::ids::InvitationId};
use leptos::{prelude::*, task::spawn_local};

pub fn view(id: InvitationId, name: String, on_close: Callback<()>) -> AnyView {
    let session = Session::get();
    let shown = RwSignal::new(None::<CredentialsView>);
    let error = RwSignal::new(None::<AppError>);
    let load = move || -> Pending<()> {
        Box::pin(async move {
            let fresh = invitations::credentials(id, shown.get_untracked()).await;
            // The dialog may be closed by now.
            if shown.is_disposed() {
                return;
            }
            match fresh {
                Ok(fresh) => {
                    error.set(None);
                    if fresh.is_some() {
                        shown.set(fresh);
                    }
                }
                Err(reason) => {
                    session.note(&reason);
                    error.set(Some(reason));
                }
            }
        })
    };
    Effect::new(move || spawn_local(load()));
    // The invitation may be deactivated, or the email corrected, while they are shown.
    let live = expect_context::<LiveConnection>();
    let pace = Pace::new(live, load);
    live.listen(move |news| match news {
        // A hint names nothing, and nearly always means something else.
        News::Changed(change) if change.person_id.is_none() && change.reach == Reach::Lists => pace.spread(),
        News::Changed(change) if may_change(&change, id) => pace.later(),
        News::SeenAgain => pace.later(),
        News::Missed => pace.spread(),
        News::Changed(_) | News::Own => {}
    });
    let body = move || match shown.get() {
        Some(credentials) => sheet(credentials),
        None if error.get().is_some() => ().into_erased_browser_only(),
        None => skeleton(),
    };
    let trouble = move || {
        error.get().map(|error| view! { <div class="bar" data-tone="danger">{icon(Icon::Alert)} <span>{error.to_string()}</span></div> })
    };
    let name = view! { <strong><bdi>{name}</bdi></strong> }.into_erased_browser_only();
    let body = view! {
        <div class="dialog-body credentials" data-inactive=move || error.get().is_some().then_some("")>
            <p>{with_views(&text::credentials_for(FIRST_VIEW), [name])}</p>
            <div role="alert">{reactive_browser_only(trouble)}</div>
            {reactive_browser_only(body)}
            <div class="dialog-actions">
                <button type="button" class="button" on:click=|_| browser::print()>{icon(Icon::Print)} {text::print()}</button>
                <button type="button" class="button" data-kind="primary" autofocus=true on:click=|_| close_modal()>{text::done()}</button>
            </div>
        </div>
    };
    modal(text::credentials(), on_close, body.into_erased_browser_only())
}

/// Whether a change may have changed the credentials of an invitation. What a device does never does, and looking at
/// them does not either.
fn may_change(change: &Changed, id: InvitationId) -> bool {
    let is_about_it = change.invitation_id.is_none_or(|other| other == id);
    change.reach == Reach::Lists && change.device_id.is_none() && is_about_it
}

fn sheet(credentials: CredentialsView) -> AnyView {
    let CredentialsView { url, pin, email, provisioning } = credentials;
    let wizard = provisioning.map(|code| {
        view! {
            <details class="wizard">
                <summary>{text::wizard()}</summary>
                <p>{text::wizard_how()}</p>
                <p class="hint">{text::wizard_allowlist()}</p>
                <figure class="qr-frame">{qr_image(&code, text::wizard_label())}</figure>
            </details>
        }
    });
    view! {
        <div class="sheet">
            <figure class="qr-frame">
                {qr_image(&url, text::qr_label())}
                <figcaption>{text::qr_hint()}</figcaption>
            </figure>
            <dl class="secrets">
                <dt>{text::enrollment_url()}</dt>
                <dd><code class="secret" data-secret="url">{url.clone()}</code> <CopyButton text=url what="URL"/></dd>
                <dt>"PIN"</dt>
                <dd><code class="secret pin" data-secret="pin">{pin.clone()}</code> <CopyButton text=pin what="PIN"/></dd>
                <dt>{text::pin_email()}</dt>
                <dd><code class="secret" data-secret="email"><bdi>{email.clone()}</bdi></code> <CopyButton text=email what=text::email_to_copy()/></dd>
            </dl>
        </div>
        {wizard}
    }
    .into_erased_browser_only()
}
