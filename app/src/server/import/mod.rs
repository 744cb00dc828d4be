//! The import of people as HTML. The server draws it, and its forms are plain: browsers do not have to load code for a
//! page that is needed now and then, and it works without that code, too.

mod errors;
mod preview;
mod result;
mod upload;

pub(crate) use errors::bar;

use crate::{
    text::{self, locale::RequestLocale},
    wire::DrawnPage,
};
use domain::types::ids::ImportId;
use leptos::prelude::*;
use service::import::{Import, ImportStage, Job};

/// The part of a preview that the URL asks for.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// The word of a kind of lines.
    pub show: String,
    /// Page of these lines, from 1.
    pub page: usize,
}

/// The page of an account's import.
pub fn view(import: Option<&Import>, part: &Part, failed: &str) -> DrawnPage {
    let notice = errors::notice(failed);
    let drawn = match import {
        None => DrawnPage { form: upload::form().to_html(), ..DrawnPage::default() },
        Some(Import { stage: ImportStage::Refused(error), .. }) => DrawnPage {
            status: errors::of_file(error),
            form: (bar(errors::of_file(error)), upload::form()).to_html(),
            ..DrawnPage::default()
        },
        Some(import @ Import { stage: ImportStage::Previewed, .. }) => preview::view(import, part),
        Some(import @ Import { stage: ImportStage::Confirmed(job), .. }) => confirmed(import, job),
    };
    let form = format!("{}{}", notice.map(bar).to_html(), drawn.form);
    DrawnPage { form, ..drawn }
}

/// The lines that an import leaves out, as CSV, with a reason for each in the language of the page.
pub fn left_out_table(import: &Import, locale: RequestLocale) -> Vec<u8> {
    locale.with(|| import.preview.bad_lines_csv(errors::of_line))
}

fn confirmed(import: &Import, job: &Job) -> DrawnPage {
    let Some(end) = &job.end else {
        let status = if job.is_cancelled() { text::import_cancelling() } else { text::import_under_way() };
        let (done, total) = (job.counts().done(), job.total);
        return DrawnPage {
            status: status.to_owned(),
            form: cancel(import.id, job.is_cancelled()).to_html(),
            list: String::new(),
            progress: Some((done as u64, total as u64, text::import_progress(done, total))),
        };
    };
    result::view(import, job, end)
}

fn cancel(id: ImportId, is_cancelled: bool) -> impl IntoView {
    (!is_cancelled).then(|| {
        view! {
            <form method="post" action="/people/import/cancel">
                <input type="hidden" name="id" value=id.to_string()/>
                <button type="submit" class="button" data-kind="danger">{text::import_cancel()}</button>
            </form>
        }
    })
}

/// A button that discards this import, to begin with another file.
fn forget(id: ImportId, label: &'static str) -> impl IntoView {
    view! {
        <form method="post" action="/people/import/forget">
            <input type="hidden" name="id" value=id.to_string()/>
            <button type="submit" class="button">{label}</button>
        </form>
    }
}

/// A link to the lines that are left out, as a file.
fn left_out(number: usize) -> Option<impl IntoView> {
    (number > 0).then(|| {
        view! {
            <p>
                {text::import_leaves_out(number)} " "
                <a href="/people/import/left-out.csv" rel="external" download="">{text::import_download_left_out()}</a>
            </p>
        }
    })
}
