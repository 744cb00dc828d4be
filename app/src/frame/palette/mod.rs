//! The command palette: every page and every general action of the console, found by typing a part of its name, and
//! keyboard shortcuts. Actions on one row are in the row's menu.
//!
//! Its behaviour is a script: as a view in the WebAssembly file it takes ten times as much. Here are the texts that the
//! server writes into each page for it, and the events by which the script opens dialogs of the console.

#[cfg(feature = "ssr")]
mod template;

use crate::{
    dialogs::{Dialog, Dialogs},
    wire::PersonDraft,
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
pub use template::{PATH, SCRIPT, template};

/// The event that opens the dialog that invites people.
const INVITE: &str = "rollcall-invite";
/// The event that opens the dialog that adds a person.
const ADD_PERSON: &str = "rollcall-add-person";

/// Opens the dialogs that the palette asks for, as long as the console is shown.
pub fn listen() {
    let dialogs = expect_context::<Dialogs>();
    let open = move |event: &'static str, dialog: Dialog| {
        Effect::new(move || {
            let dialog = dialog.clone();
            let listener = window_event_listener_untyped(event, move |_| dialogs.open(dialog.clone()));
            on_cleanup(move || listener.remove());
        });
    };
    open(INVITE, Dialog::Invite { lines: String::new(), send: true });
    open(ADD_PERSON, Dialog::Person { id: None, draft: PersonDraft::default(), resend: None });
}
