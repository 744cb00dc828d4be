//! The form that uploads a file.

use crate::text;
use leptos::prelude::*;
use service::spreadsheet::FileEncoding;

/// The form.
pub fn form() -> impl IntoView {
    let encodings = [
        (FileEncoding::Automatic, text::import_encoding_auto()),
        (FileEncoding::Windows1250, text::import_encoding_1250()),
    ];
    let encodings = encodings.map(|(value, label)| view! { <option value=value.as_str()>{label}</option> });
    view! {
        <form class="card form" method="post" action="/people/import/upload" enctype="multipart/form-data">
            <div class="field">
                <label for="field-file">{text::import_file()}</label>
                <input id="field-file" class="input" type="file" name="file" required accept=".csv,.tsv,.txt,text/csv"
                    aria-describedby="hint-file"/>
                <div id="hint-file" class="hint">{text::import_file_hint()}</div>
            </div>
            <div class="field">
                <label for="field-encoding">{text::import_encoding()}</label>
                <select id="field-encoding" class="input" name="encoding" aria-describedby="hint-encoding">{encodings.to_vec()}</select>
                <div id="hint-encoding" class="hint">{text::import_encoding_hint()}</div>
            </div>
            <p class="hint">{text::import_nothing_yet()}</p>
            <div><button type="submit" class="button" data-kind="primary">{text::import_show_preview()}</button></div>
        </form>
    }
}
