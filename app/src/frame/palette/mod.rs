//! The command palette: every page and every general action of the console by typing a part of its name, and keys that
//! lead there. What can be done to one row stands in the row's menu.
//!
//! Its behaviour is a script of its own, a tenth of what it takes as a view in the WebAssembly file; here are the words
//! that the server puts into each page for it, and the way back: what a dialog of the console is opened by.

#[cfg(feature = "ssr")]
mod template;

use crate::{
    dialogs::{Dialog, Dialogs},
    wire::PersonDraft,
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
pub use template::{script, script_path, template};

/// The event that asks for the dialog that invites people.
const INVITE: &str = "rollcall-invite";
/// The event that asks for the dialog that adds a person.
const ADD_PERSON: &str = "rollcall-add-person";

/// Opens what the palette asks for, as long as the console is shown.
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
