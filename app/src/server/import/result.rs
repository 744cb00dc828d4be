//! The result of an import.

use super::{errors, forget, left_out};
use crate::{
    text::{self, locale::language, service_error_text},
    wire::DrawnPage,
};
use leptos::prelude::*;
use service::import::{Failure, Import, ImportEnd, Job};

/// The result.
pub fn view(import: &Import, job: &Job, end: &ImportEnd) -> DrawnPage {
    let text = match end {
        ImportEnd::Complete => text::import_complete(),
        ImportEnd::Cancelled => text::import_cancelled(),
        ImportEnd::Failed(_) => text::import_broken(),
    };
    let counts = job.counts();
    let numbers = [
        (text::import_added(), counts.added, true),
        (text::import_corrected(), counts.corrected, job.options.correct),
        (text::import_unchanged(), counts.unchanged, true),
        (text::import_differing_left(), counts.differing, counts.differing > 0),
        (text::import_invited(), counts.invited, job.options.invite),
        (text::import_already_invited(), counts.already_invited, job.options.invite),
        (text::import_failed(), counts.failed, counts.failed > 0),
    ];
    let numbers = numbers.into_iter().filter(|(.., is_shown)| *is_shown).map(|(label, number, _)| {
        view! { <dt>{label}</dt> <dd>{language().grouped(number as u64)}</dd> }
    });
    let failures: Vec<_> = job.failures().into_iter().map(failure).collect();
    let is_bad = *end != ImportEnd::Complete;
    let form = view! {
        {is_bad.then(|| errors::bar(text.to_owned()))}
        <section class="card">
            <h2><bdi>{import.file.clone()}</bdi></h2>
            <dl class="facts">{numbers.collect::<Vec<_>>()}</dl>
            {(!failures.is_empty()).then(|| view! { <ul class="results">{failures}</ul> })}
            {left_out(import.preview.bad.len())}
        </section>
        <p class="page-actions">
            <a class="button" data-kind="primary" href="/people">{text::people()}</a>
            {(counts.invited > 0).then(|| view! { <a class="button" href="/invitations">{text::invitations()}</a> })}
        </p>
        {forget(import.id, text::import_again())}
    };
    DrawnPage { status: text.to_owned(), form: form.to_html(), ..DrawnPage::default() }
}

fn failure(failure: Failure) -> impl IntoView {
    let Failure { line, email, reason } = failure;
    view! { <li class="wrong">{text::import_failure(line, &email, &service_error_text(&reason))}</li> }
}
