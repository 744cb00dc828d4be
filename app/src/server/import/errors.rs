//! Errors of an import as text.

use crate::{
    drawing::icon::{Icon, icon},
    text::{self, field_error_text},
};
use leptos::prelude::*;
use service::import::{FileError, LineDoubt, LineError};

/// The notice for the code in the page's URL.
pub fn notice(word: &str) -> Option<String> {
    match word {
        "running" => Some(text::import_running().to_owned()),
        "gone" => Some(text::import_gone().to_owned()),
        _ => None,
    }
}

/// An error above a form.
pub fn bar(text: String) -> impl IntoView {
    view! { <div class="bar" data-tone="danger" role="alert">{icon(Icon::Alert)} <span>{text}</span></div> }
}

/// Why a file is refused.
pub fn of_file(error: &FileError) -> String {
    match error {
        FileError::Empty => text::import_empty().to_owned(),
        FileError::TooLarge => text::import_too_large().to_owned(),
        FileError::TooManyLines => text::import_too_many_lines().to_owned(),
        FileError::NotText(_) => text::import_not_text().to_owned(),
        FileError::NoEmailColumn { found } => text::import_no_email_column(found),
        FileError::NoLines => text::import_no_lines().to_owned(),
    }
}

/// What is doubtful about a line.
pub fn of_doubt(doubt: &LineDoubt) -> String {
    match doubt {
        LineDoubt::Language(text) => text::import_locale_unknown(text),
    }
}

/// Why a line is left out.
pub fn of_line(error: &LineError) -> String {
    let text = match error {
        LineError::Unreadable => text::import_unreadable(),
        LineError::TooLong => text::import_too_long(),
        LineError::Columns { found, expected } => return text::import_columns(*found, *expected),
        LineError::NameMissing => text::import_name_missing(),
        LineError::EmailMissing => text::import_email_missing(),
        LineError::Text(error) => return field_error_text(error),
        LineError::OpenQuote => text::import_open_quote(),
        LineError::Duplicate(line) => return text::import_twice(*line),
    };
    text.to_owned()
}
