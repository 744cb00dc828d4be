//! What servers tell each other.

use crate::{
    live::{LiveEvent, Shown},
    security::limiter::BucketKey,
};
use domain::{
    Timestamp,
    types::ids::{DeviceId, ServerId, SessionId},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One piece of news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum News {
    /// A server has come: from now on there is somebody to tell.
    Hello,
    /// Some news could not be told: anything may have changed.
    Missed,
    /// A device changed without an entry in the journal.
    Device(DeviceId),
    /// Rows of the list of mobile devices changed without an entry in the journal.
    Rows,
    /// What subscribers are told that is not in the journal.
    Live(LiveEvent),
    /// Work waits.
    Work(Work),
    /// A wrong attempt, in a window that began at `since`.
    Wrong {
        /// Which limits count it.
        kind: LimitKind,
        /// The bucket.
        key: BucketKey,
        /// How many it takes to fill it.
        failures: u32,
        /// Length of its window in seconds.
        window_s: i64,
        /// When its window began.
        since: Timestamp,
    },
    /// A browser said what it shows to another server than the one that its stream comes from.
    Shown {
        /// Its stream.
        watch: u64,
        /// Its session.
        session: SessionId,
        /// What it shows.
        shown: Shown,
        /// Whether this is added to what was told before.
        is_more: bool,
    },
}

/// What is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LimitKind {
    /// PINs of invitations.
    Pin,
    /// Passwords.
    SignIn,
    /// Challenges of certificates.
    Scep,
}

/// Work that waits for whichever server does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Work {
    /// Mails are queued.
    Mails,
    /// The outbox was asked not to wait.
    MailsNow,
    /// The rules for reminders were changed.
    Reminders,
    /// A push is planned.
    Pushes,
    /// A job that invites people.
    InviteJobs,
    /// A confirmed import of people.
    Imports,
}

/// News of one server, as they are told.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Told {
    /// Who tells.
    pub(crate) from: ServerId,
    /// What, in this order. During an upgrade another version may tell what is not known here: that is left out, so a version
    /// must go on telling what the one before relies on.
    pub(crate) news: Vec<Value>,
}
