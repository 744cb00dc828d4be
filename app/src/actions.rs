//! What an admin does to invitations, devices and commands, from wherever it is offered.

use crate::{
    api::{account, devices, invitations},
    components::notices::Notices,
    error::AppError,
    live::Live,
    session::Session,
};
use domain::{
    command::CommandKind,
    ids::{CommandId, DeviceId, InvitationId, SessionId},
};
use leptos::{prelude::*, task::spawn_local};

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Send the mail of an invitation, for the first time or again.
    Send(InvitationId),
    /// Make an invitation enroll nothing any more.
    Deactivate(InvitationId),
    /// Mail the person to bring a device back.
    Renew(DeviceId),
    /// Delete a device.
    Delete(DeviceId),
    /// Ask a device for something.
    Command(DeviceId, CommandKind),
    /// Take a command back.
    Cancel(CommandId),
    /// Sign a browser out.
    Revoke(SessionId),
}

impl Action {
    async fn run(self) -> Result<(), AppError> {
        match self {
            Self::Send(id) => invitations::resend(id).await,
            Self::Deactivate(id) => invitations::deactivate(id).await,
            Self::Renew(id) => devices::renew_device(id).await,
            Self::Delete(id) => devices::delete_device(id).await,
            Self::Command(id, kind) => devices::request_command(id, kind).await.map(drop),
            Self::Cancel(id) => devices::cancel_command(id).await,
            Self::Revoke(id) => account::revoke_session(id).await,
        }
    }

    /// What is said when it worked; `subject` is the person, the device or the browser.
    fn success(&self, subject: &str) -> String {
        match self {
            Self::Send(_) => format!("The mail to {subject} is on its way."),
            Self::Deactivate(_) => format!("The invitation of {subject} is deactivated."),
            Self::Renew(_) => format!("A renewal mail to {subject} is on its way."),
            Self::Delete(_) => format!("{subject} is deleted."),
            Self::Command(..) => format!("Requested. Waiting for {subject}."),
            Self::Cancel(_) => "The command is cancelled.".to_owned(),
            Self::Revoke(_) => "The browser is signed out.".to_owned(),
        }
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
            let success = action.success(&subject);
            let result = action.run().await;
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
