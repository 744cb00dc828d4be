//! The dialogs of the console, and running the actions that they and the pages offer. One dialog is open at a time, so
//! there is one place for it, below every page.

pub mod action_runner;
mod bulk;
mod confirm;
mod credentials;
mod invite;
mod invite_form;
mod message;
mod person;

use crate::{
    components::controls::modal::remember_focus,
    wire::{AdminAction, PersonDraft},
};
use domain::types::ids::{DeviceId, InvitationId, PersonId};
use leptos::prelude::*;

pub use bulk::Bulk;

/// A dialog and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Invites one or several people.
    Invite {
        /// The lines that are in the form at first.
        lines: String,
        /// Whether sending a mail is selected at first.
        send: bool,
    },
    /// Shows the credentials of an invitation.
    Credentials {
        /// Which.
        id: InvitationId,
        /// Name of the person.
        name: String,
    },
    /// Asks before an action that cannot be undone.
    Confirm(Confirm),
    /// Asks before many rows are changed.
    Bulk(Bulk),
    /// Adds a person, or corrects one.
    Person {
        /// The person; `None` adds one.
        id: Option<PersonId>,
        /// What is in the form at first.
        draft: PersonDraft,
        /// The invitation to send again afterwards.
        resend: Option<InvitationId>,
    },
    /// Shows a message on a device.
    Message {
        /// Which.
        id: DeviceId,
        /// Its name.
        name: String,
        /// Whether the device goes into lost mode, too.
        is_lost: bool,
    },
}

/// The question before an action that cannot be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// The action.
    pub action: AdminAction,
    /// The title, as a question.
    pub title: &'static str,
    /// The person or the device.
    pub subject: String,
    /// The consequences.
    pub effect: &'static str,
    /// The label of the button that runs it.
    pub verb: &'static str,
    /// Whether the subject must be typed first.
    pub typed: bool,
}

/// The place of the open dialog.
#[derive(Clone, Copy)]
pub struct Dialogs {
    open: RwSignal<Option<Dialog>>,
}

impl Dialogs {
    /// Provides it to everything below.
    pub fn provide() -> Self {
        let dialogs = Self { open: RwSignal::new(None) };
        provide_context(dialogs);
        dialogs
    }

    /// Opens a dialog. It replaces the one that is open.
    pub fn open(self, dialog: Dialog) {
        if self.open.with_untracked(Option::is_none) {
            remember_focus();
        }
        self.open.set(Some(dialog));
    }

    fn closed(self) -> Callback<()> {
        Callback::new(move |()| self.open.set(None))
    }
}

/// Draws the open dialog.
#[component]
pub fn DialogHost() -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    move || {
        let on_close = dialogs.closed();
        dialogs.open.get().map(|dialog| match dialog {
            Dialog::Invite { lines, send } => invite::view(lines, send, on_close),
            Dialog::Credentials { id, name } => credentials::view(id, name, on_close),
            Dialog::Bulk(what) => bulk::view(what, on_close),
            Dialog::Confirm(confirm) => confirm::view(confirm, on_close),
            Dialog::Person { id, draft, resend } => person::view(id, draft, resend, on_close),
            Dialog::Message { id, name, is_lost } => message::view(id, name, is_lost, on_close),
        })
    }
}
