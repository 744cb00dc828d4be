//! A page of the audit log as HTML.

use crate::{
    text::{self, Text as _},
    wire::DrawnPage,
};
use domain::audit::{AuditActor, AuditPage, NumberedEntry};
use leptos::prelude::*;

/// A page of the log, and a link to what is before it.
pub fn view(page: &AuditPage) -> DrawnPage {
    let rows: Vec<_> = page.entries.iter().map(row).collect();
    let columns =
        [text::audit_event(), text::audit_when(), text::audit_who(), text::audit_subject(), text::audit_address()];
    let headings: Vec<_> =
        columns.map(|heading| view! { <th scope="col" role="columnheader">{heading}</th> }).into_iter().collect();
    let older = page.next.map(|next| {
        let place = format!("/settings/audit?before={next}");
        view! { <p class="pager"><a class="button" href=place>{text::audit_older()}</a></p> }
    });
    let list = view! {
        <div class="scroll" role="region" aria-label=text::audit_log() tabindex="0">
            <table class="table audit-log" role="table">
                <caption class="visually-hidden">{text::audit_log()}</caption>
                <thead role="rowgroup"><tr role="row">{headings}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
        {older}
    };
    DrawnPage { list: list.to_html(), ..DrawnPage::default() }
}

fn row(found: &NumberedEntry) -> impl IntoView + use<> {
    let entry = &found.entry;
    let times = (entry.times > 1).then(|| format!(" ({})", text::audit_times(entry.times)));
    let address = entry.address.map(|address| address.to_string()).unwrap_or_default();
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{entry.event.text()} {times}</th>
            <td role="cell" data-label=text::audit_when()><time datetime=entry.at.to_rfc3339()>{entry.at.to_display()}</time></td>
            {cell(text::audit_who(), actor(&entry.actor))}
            {cell(text::audit_subject(), entry.subject.clone())}
            {cell(text::audit_address(), address)}
        </tr>
    }
}

/// A cell. One without a text is left out where each row is a card.
fn cell(label: &'static str, text: String) -> impl IntoView {
    let is_empty = text.is_empty().then_some("");
    view! { <td role="cell" data-label=label data-empty=is_empty><bdi>{text}</bdi></td> }
}

fn actor(actor: &AuditActor) -> String {
    match actor {
        AuditActor::Account(email) => email.clone(),
        AuditActor::ApiToken(name) => text::audit_token(name),
        AuditActor::CommandLine => text::audit_command_line().to_owned(),
        AuditActor::Stranger => text::audit_stranger().to_owned(),
    }
}
