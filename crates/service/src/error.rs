//! What can go wrong in a use case: a text for the user, and one for the log.

use crate::{environment::NoEntropy, invalid::InvalidField};
use domain::{decide::Refusal, list::bulk::NotApplicable, types::text::TextError};
use store::StoreError;

/// Why a use case did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The action is not for what stands in the row.
    #[error(transparent)]
    NotApplicable(#[from] NotApplicable),
    /// What was asked for does not exist, or no longer.
    #[error("This no longer exists.")]
    NotFound,
    /// A field is not acceptable.
    #[error(transparent)]
    Invalid(#[from] InvalidField),
    /// Another person has this email.
    #[error("Another person has this email already.")]
    EmailTaken,
    /// Email and password, email and PIN, or a token do not fit. One text for all causes, so that nobody learns which.
    #[error("These credentials are not valid.")]
    WrongCredentials,
    /// Too many wrong attempts.
    #[error("Too many attempts. Try again in {} minutes.", retry_after_s.div_ceil(60))]
    TooManyAttempts {
        /// Seconds until the next attempt is looked at.
        retry_after_s: u64,
    },
    /// Only one import runs at a time.
    #[error("Another import of people is running. Wait until it is finished, then start this one.")]
    ImportRunning,
    /// Too busy, or shutting down.
    #[error("Rollcall is busy. Try again in a moment.")]
    Unavailable,
    /// A fault of ours; the text is for the log.
    #[error("Something went wrong on our side. It was written to the log.")]
    Internal(String),
}

impl ServiceError {
    /// The text for the user.
    pub fn user_text(&self) -> String {
        self.to_string()
    }

    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::NotFound => "not_found",
            Self::NotApplicable(_) => "unfit",
            Self::Invalid(_) => "field_invalid",
            Self::EmailTaken => "email_taken",
            Self::WrongCredentials => "credentials_invalid",
            Self::TooManyAttempts { .. } => "too_many_attempts",
            Self::ImportRunning => "import_running",
            Self::Unavailable => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    /// Writes faults to the log and hides their words from the user.
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
            StoreError::Conflict | StoreError::Closed => Self::Unavailable,
            StoreError::NameTaken => InvalidField::NameTaken.into(),
            StoreError::Damaged(_) | StoreError::Engine(_) => Self::internal(&error),
        }
    }
}

impl From<NoEntropy> for ServiceError {
    fn from(error: NoEntropy) -> Self {
        Self::internal(&error)
    }
}
