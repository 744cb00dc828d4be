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
        /// Lines that are there already.
        lines: String,
        /// Whether a mail is proposed.
        send: bool,
    },
    /// Shows the credentials of an invitation.
    Credentials {
        /// Which.
        id: InvitationId,
        /// Name of the person.
        name: String,
    },
    /// Asks before something that cannot be taken back.
    Confirm(Confirm),
    /// Asks before many rows are changed.
    Bulk(Bulk),
    /// Adds a person, or corrects one.
    Person {
        /// Who; `None`: someone new.
        id: Option<PersonId>,
        /// What is known.
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
        /// Whether it goes into lost mode with that.
        is_lost: bool,
    },
}

/// What is asked before something that cannot be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// What is done.
    pub action: AdminAction,
    /// The question.
    pub title: &'static str,
    /// What it is done to.
    pub subject: String,
    /// What follows from it.
    pub effect: &'static str,
    /// The button that does it.
    pub verb: &'static str,
    /// Whether the subject has to be typed first.
    pub typed: bool,
}

/// The place of the open dialog.
#[derive(Clone, Copy)]
pub struct Dialogs {
    open: RwSignal<Option<Dialog>>,
}

impl Dialogs {
    /// Makes it known to everything below.
    pub fn provide() -> Self {
        let dialogs = Self { open: RwSignal::new(None) };
        provide_context(dialogs);
        dialogs
    }

    /// Opens a dialog, in place of the one that is open.
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
