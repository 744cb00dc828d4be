//! Runs actions on invitations, devices and commands, for all pages and dialogs that offer them.

use crate::{
    components::notices::Notices,
    data::{api::act::act, live_connection::LiveConnection, session::Session},
    text,
    wire::{AdminAction, error::AppError},
};
use leptos::{prelude::*, task::spawn_local};

/// The notice of an action that worked; `subject` is the person, the device or the browser. There is none for a command:
/// the page of its device follows its state.
fn success(action: &AdminAction, subject: &str) -> Option<String> {
    Some(match action {
        AdminAction::Send(_) => text::notice_sent(subject),
        AdminAction::Deactivate(_) => text::notice_deactivated(subject),
        AdminAction::LiftPace(_) => text::notice_pace_lifted(subject),
        AdminAction::Renew(_) => text::notice_renewed(subject),
        AdminAction::Delete(..) => text::notice_deleted(subject),
        AdminAction::Command(..) => return None,
        AdminAction::Cancel(_) => text::notice_cancelled().to_owned(),
        AdminAction::Revoke(_) => text::notice_revoked().to_owned(),
        AdminAction::RetryMails => text::notice_mails_tried().to_owned(),
    })
}

/// Runs actions and shows their results.
#[derive(Clone, Copy)]
pub struct ActionRunner {
    notices: Notices,
    live: LiveConnection,
    session: Session,
}

impl ActionRunner {
    /// That of this tab.
    pub fn get() -> Self {
        Self { notices: expect_context(), live: expect_context(), session: Session::get() }
    }

    /// Runs an action, and shows the result above the page.
    pub fn run(self, action: AdminAction, subject: impl Into<String>) {
        let subject = subject.into();
        self.then(action, subject, move |result| {
            // That the session is over is said once, by the frame.
            if let Err(error) = result.as_ref()
                && *error != AppError::Unauthenticated
            {
                self.notices.error(error.to_string());
            }
        });
    }

    /// Runs an action, and shows a success above the page. `then` gets the result and has to show an error.
    pub fn then(self, action: AdminAction, subject: String, then: impl FnOnce(Result<(), AppError>) + 'static) {
        spawn_local(async move {
            let success = success(&action, &subject);
            let result = act(action).await;
            if self.finish(&result)
                && let Some(success) = success
            {
                self.notices.success(success);
            }
            then(result);
        });
    }

    /// To be called after every call that changes something: refreshes the lists, and notices when the session is over.
    /// True when the call worked.
    pub fn finish<T>(self, result: &Result<T, AppError>) -> bool {
        match result {
            Ok(_) => self.live.refresh_all(),
            Err(error) => self.session.note(error),
        }
        result.is_ok()
    }
}
