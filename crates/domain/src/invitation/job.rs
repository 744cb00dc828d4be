//! Inviting many people as a job. The server keeps it: it goes on when the browser is closed, and when the server is started
//! again. Each line is decided once; its outcome is written together with the invitation.

use crate::{
    Timestamp,
    actor::Actor,
    types::{
        ids::{InvitationId, InviteJobId},
        text::TextError,
    },
};
use serde::{Deserialize, Serialize};

/// An invitation that was made or mailed less than this time ago is not replaced by a job, in seconds: an hour. Whoever
/// repeats a list because something went wrong must not make the links void that have just arrived.
pub const JUST_INVITED_S: i64 = 3600;

/// A job that invites people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteJob {
    /// Identity.
    pub id: InviteJobId,
    /// Who asked for it.
    pub actor: Actor,
    /// Whether mails are sent.
    pub send: bool,
    /// When the invitations expire; `None`: never.
    pub expires_at: Option<Timestamp>,
    /// How many lines it has.
    pub total: u32,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When its last line was decided.
    pub ended_at: Option<Timestamp>,
}

impl InviteJob {
    /// Whether it leaves alone those who were invited a moment ago. A job for one person never does: that is a click on
    /// *New invitation*.
    pub const fn keeps_recent(&self) -> bool {
        self.total > 1
    }
}

/// Whom a line invites, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobLine {
    /// Its number, from 0.
    pub line: u32,
    /// Name; empty: made from the email.
    pub name: String,
    /// Email.
    pub email: String,
    /// Language tag of a person who is added.
    pub locale: Option<String>,
}

/// What became of a line. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineOutcome {
    /// The person has a new invitation.
    Invited(InvitationId),
    /// The person has none.
    Refused(LineRefusal),
}

/// Why a line invited nobody; the message is for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineRefusal {
    /// A field is invalid.
    #[error(transparent)]
    Text(TextError),
    /// The person was invited less than an hour ago.
    #[error("This person was invited less than an hour ago. That invitation stays.")]
    JustInvited,
    /// The invitations of the job have expired before this one was made.
    #[error("The expiry date has passed.")]
    ExpiryPast,
    /// The server failed again and again, or a stored record of the person is damaged.
    #[error("Something went wrong on our side. The details are in the server’s log.")]
    Failed,
}

/// How far a job has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobProgress {
    /// The job.
    pub job: InviteJob,
    /// Its lines in order, with the outcome of those that were decided.
    pub lines: Vec<(JobLine, Option<LineOutcome>)>,
}

impl JobProgress {
    /// Lines that were decided.
    pub fn done(&self) -> usize {
        self.lines.iter().filter(|(_, outcome)| outcome.is_some()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn job(total: u32) -> InviteJob {
        let (id, actor) = (InviteJobId(Uuid::nil()), Actor::System);
        InviteJob { id, actor, send: true, expires_at: None, total, created_at: Timestamp::default(), ended_at: None }
    }

    #[test]
    fn only_a_job_for_several_people_leaves_alone_who_was_just_invited() {
        assert_eq!([1, 2, 500].map(|total| job(total).keeps_recent()), [false, true, true]);
    }

    #[test]
    fn a_line_is_done_when_it_was_decided_whatever_the_outcome() {
        let outcomes = [
            Some(LineOutcome::Invited(InvitationId(Uuid::nil()))),
            None,
            Some(LineOutcome::Refused(LineRefusal::JustInvited)),
            Some(LineOutcome::Refused(LineRefusal::Failed)),
        ];
        let line = |line| JobLine { line, name: String::new(), email: "ada@example.com".to_owned(), locale: None };
        let lines = (0..).map(line).zip(outcomes).collect();
        assert_eq!(JobProgress { job: job(4), lines }.done(), 3);
    }
}
