//! What an admin does to invitations, devices and commands, from wherever it is offered.

use crate::{api::act::act, components::notices::Notices, error::AppError, live::Live, say, session::Session};
use leptos::{prelude::*, task::spawn_local};

pub use crate::api::act::{Action, Order};

/// What is said when an action worked; `subject` is the person, the device or the browser.
fn success(action: &Action, subject: &str) -> String {
    match action {
        Action::Send(_) => say::said_sent(subject),
        Action::Deactivate(_) => say::said_deactivated(subject),
        Action::Renew(_) => say::said_renewed(subject),
        Action::Delete(_) => say::said_deleted(subject),
        Action::Command(..) => say::said_requested(subject),
        Action::Cancel(_) => say::said_cancelled().to_owned(),
        Action::Revoke(_) => say::said_revoked().to_owned(),
    }
}

/// Does actions and tells what came of them.
#[derive(Clone, Copy)]
pub struct Doer {
    notices: Notices,
    live: Live,
    session: Session,
}

impl Doer {
    /// The one of this tab.
    pub fn get() -> Self {
        Self { notices: expect_context(), live: expect_context(), session: Session::get() }
    }

    /// Does it, and shows the result above the page.
    pub fn run(self, action: Action, subject: impl Into<String>) {
        let subject = subject.into();
        self.then(action, subject, move |result| {
            if let Err(error) = result {
                self.notices.error(error.to_string());
            }
        });
    }

    /// Does it, and leaves showing an error to `then`.
    pub fn then(self, action: Action, subject: String, then: impl FnOnce(Result<(), AppError>) + 'static) {
        spawn_local(async move {
            let success = success(&action, &subject);
            let result = act(action).await;
            if self.finish(&result) {
                self.notices.success(success);
            }
            then(result);
        });
    }

    /// Notes how a call ended: lists look again, and an ended session is seen. True when it worked.
    pub fn finish<T>(self, result: &Result<T, AppError>) -> bool {
        match result {
            Ok(_) => self.live.refresh_all(),
            Err(error) => self.session.note(error),
        }
        result.is_ok()
    }
}
