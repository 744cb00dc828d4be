//! Why a use case failed: a text for the user, and one for the log.

use crate::{ServiceResult, environment::NoEntropy, invalid::InvalidField};
use domain::{decide::Refusal, list::bulk::NotApplicable, types::text::TextError};
use serde::{Deserialize, Serialize};
use store::StoreError;

/// Why a use case failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceError {
    /// A business rule refused it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The action does not apply to this kind of row.
    #[error(transparent)]
    NotApplicable(#[from] NotApplicable),
    /// It does not exist, or no longer.
    #[error("This no longer exists.")]
    NotFound,
    /// A field is invalid.
    #[error(transparent)]
    Invalid(#[from] InvalidField),
    /// Another person has this email.
    #[error("Another person already has this email address.")]
    EmailTaken,
    /// Wrong password, PIN or token. One text for all causes, so that a guesser does not learn which part was wrong.
    #[error("These credentials are not valid.")]
    WrongCredentials,
    /// Rate limited after too many wrong attempts.
    #[error("Too many attempts. Try again in {} minutes.", retry_after_s.div_ceil(60))]
    TooManyAttempts {
        /// Seconds until the next attempt is accepted.
        retry_after_s: u64,
    },
    /// An invitation enrolled too many devices within an hour.
    #[error(
        "Too many devices were enrolled with this invitation within an hour. Try again in {} minutes, or ask the \
         helpdesk to lift the limit.",
        retry_after_s.div_ceil(60)
    )]
    TooManyEnrollments {
        /// Seconds until the next device can enroll.
        retry_after_s: u64,
    },
    /// Too many sign-ins are waiting: nothing was computed.
    #[error("Too many sign-ins are waiting. Try again in a few seconds.")]
    SignInsWaiting,
    /// Only one import runs at a time.
    #[error("Another import of people is running. Wait until it has finished, then start this one.")]
    ImportRunning,
    /// Overloaded, shutting down, or out of retries.
    #[error("Rollcall is busy. Try again in a moment.")]
    Unavailable,
    /// The database cannot be used at present. Nothing was changed.
    #[error("Rollcall cannot use its database at the moment. Nothing was changed. Try again in a few minutes.")]
    DatabaseDown,
    /// The database failed while it confirmed a change.
    #[error("Rollcall’s database failed while this was being saved. Check whether it was saved before you try again.")]
    Unconfirmed,
    /// A stored record cannot be read. The record is named in the log.
    #[error("A stored record is damaged, so this cannot be done. The details are in the server’s log.")]
    Damaged,
    /// An internal error; the text is for the log.
    #[error("Something went wrong on our side. The details are in the server’s log.")]
    Internal(String),
}

impl ServiceError {
    /// Whether it says something about the system as it is at present, and nothing about what was asked.
    pub(crate) const fn is_temporary(&self) -> bool {
        matches!(self, Self::Unavailable | Self::DatabaseDown | Self::Unconfirmed)
    }

    /// The text for the user.
    pub fn user_text(&self) -> String {
        self.to_string()
    }

    /// A stable code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::NotFound => "not_found",
            Self::NotApplicable(_) => "unfit",
            Self::Invalid(_) => "field_invalid",
            Self::EmailTaken => "email_taken",
            Self::WrongCredentials => "credentials_invalid",
            Self::TooManyAttempts { .. } => "too_many_attempts",
            Self::TooManyEnrollments { .. } => "too_many_enrollments",
            Self::SignInsWaiting => "sign_ins_waiting",
            Self::ImportRunning => "import_running",
            Self::Unavailable | Self::DatabaseDown | Self::Unconfirmed => "unavailable",
            Self::Damaged => "record_damaged",
            Self::Internal(_) => "internal",
        }
    }

    /// An internal error: logged here, and hidden from the user.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "A use case failed");
        Self::Internal(cause.to_string())
    }
}

impl From<TextError> for ServiceError {
    fn from(error: TextError) -> Self {
        InvalidField::from(error).into()
    }
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::EmailTaken => Self::EmailTaken,
            StoreError::NameTaken => InvalidField::NameTaken.into(),
            StoreError::Conflict | StoreError::Closed | StoreError::Busy => Self::Unavailable,
            // The store tells the log when an outage begins and ends.
            StoreError::Unusable { .. } => Self::DatabaseDown,
            StoreError::Unknown { .. } => Self::Unconfirmed,
            // The store names it in the log, once.
            StoreError::Damaged(_) => Self::Damaged,
            StoreError::Engine(_) => Self::internal(&error),
        }
    }
}

impl From<NoEntropy> for ServiceError {
    fn from(error: NoEntropy) -> Self {
        Self::internal(&error)
    }
}

/// Ignores what concerns one row alone: it was changed in the meantime, so that there may be nothing left to do, or it cannot
/// be read, which the log says. What is still due is found by the next round. Only an outage of the database ends the round.
pub(crate) fn skip_gone<T>(result: ServiceResult<T>) -> ServiceResult<Option<T>> {
    match result {
        Err(error @ (ServiceError::DatabaseDown | ServiceError::Unconfirmed)) => Err(error),
        Err(_) => Ok(None),
        Ok(value) => Ok(Some(value)),
    }
}
