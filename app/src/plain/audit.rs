//! The audit log, a page of it at a time, newest first.

use crate::{
    data::Pending,
    drawing::erasure::IntoErased as _,
    server::context::rollcall,
    text::{self, Text as _, page_title},
};
use domain::audit::{AuditActor, AuditPage as Page, NumberedEntry};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use service::{AUDIT_PAGE, Rollcall};
use std::sync::Arc;

/// The URL parameter with the number of the entry that the page is before.
const BEFORE: &str = "before";

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let before = use_query_map().with_untracked(|query| query.get(BEFORE)).and_then(|seq| seq.parse().ok());
    let rollcall = rollcall().ok();
    let table = move || {
        let entries: Pending<Option<Page>> = Box::pin(entries(rollcall.clone(), before));
        Suspend::new(async move { draw(entries.await) })
    };
    view! {
        <Title text=page_title(text::audit_log())/>
        <main id="main" class="audit" tabindex="-1">
            <h1 tabindex="-1">{text::audit_log()}</h1>
            <p class="lead">{text::audit_text()}</p>
            <Suspense>{table}</Suspense>
            <p><a href="/settings">{text::settings()}</a></p>
        </main>
    }
    .into_erased()
}

async fn entries(rollcall: Option<Arc<Rollcall>>, before: Option<i64>) -> Option<Page> {
    rollcall?.audit_trail(before, AUDIT_PAGE).await.ok()
}

fn draw(page: Option<Page>) -> AnyView {
    let Some(Page { entries, next }) = page else {
        return view! { <p role="alert" class="form-error">{text::server_failed()}</p> }.into_erased();
    };
    let older = next.map(|next| {
        let place = format!("?{BEFORE}={next}");
        view! { <p><a class="button" href=place>{text::audit_older()}</a></p> }
    });
    let rows: Vec<_> = entries.iter().map(row).collect();
    view! {
        <div class="scroll" role="region" aria-label=text::audit_log() tabindex="0">
            <table class="audit-log">
                <thead>
                    <tr>
                        {[text::audit_when(), text::audit_event(), text::audit_who(), text::audit_subject(), text::audit_address()]
                            .map(|heading| view! { <th scope="col">{heading}</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {older}
    }
    .into_erased()
}

fn row(found: &NumberedEntry) -> AnyView {
    let entry = &found.entry;
    let times = (entry.times > 1).then(|| format!(" ({})", text::audit_times(entry.times)));
    let address = entry.address.map(|address| address.to_string());
    view! {
        <tr>
            <td><time datetime=entry.at.to_rfc3339()>{entry.at.to_display()}</time></td>
            <td>{entry.event.text()} {times}</td>
            <td><bdi>{actor(&entry.actor)}</bdi></td>
            <td><bdi>{entry.subject.clone()}</bdi></td>
            <td>{address}</td>
        </tr>
    }
    .into_erased()
}

fn actor(actor: &AuditActor) -> String {
    match actor {
        AuditActor::Account(email) => email.clone(),
        AuditActor::ApiToken(name) => text::audit_token(name),
        AuditActor::CommandLine => text::audit_command_line().to_owned(),
        AuditActor::Stranger => text::audit_stranger().to_owned(),
    }
}
