//! Why a field is invalid.

use domain::{
    list::bulk::BULK_MAX, person::invite_lines::INVITE_MAX, slot::reminder::InvalidReminders, types::text::TextError,
};
use serde::{Deserialize, Serialize};

/// Shortest new password, in characters: what NIST SP 800-63B asks for where a password stands alone. Older ones stay valid.
pub const PASSWORD_MIN: usize = 15;
/// Longest password, in bytes, so that nobody can make the server hash megabytes.
pub const PASSWORD_MAX: usize = 1024;

/// Why a field is invalid; the message is for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvalidField {
    /// A name, email or language tag is invalid.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A reminder rule is invalid.
    #[error(transparent)]
    Reminders(#[from] InvalidReminders),
    /// An API token with this name exists.
    #[error("This name is already taken.")]
    NameTaken,
    /// An account with this email exists.
    #[error("There is already an account with this email address.")]
    AccountExists,
    /// Fewer characters than [`PASSWORD_MIN`].
    #[error("The password is too short: at least {PASSWORD_MIN} characters.")]
    PasswordTooShort,
    /// More bytes than [`PASSWORD_MAX`].
    #[error("The password is too long: at most {PASSWORD_MAX} bytes.")]
    PasswordTooLong,
    /// Too easy to guess.
    #[error(
        "The password is too easy to guess. Use several words that do not belong together, and not only the email, the \
         host or the helpdesk."
    )]
    PasswordGuessable,
    /// Not the account's current password.
    #[error("The current password is wrong.")]
    CurrentPasswordWrong,
    /// More rows, or people, than [`BULK_MAX`].
    #[error("At most {BULK_MAX} can be changed at once. Filter the list to select fewer.")]
    TooManySelected,
    /// More people than [`INVITE_MAX`].
    #[error("At most {INVITE_MAX} people can be invited at once.")]
    TooManyInvited,
    /// An iPhone or iPad asked to be enrolled as an agent.
    #[error(
        "iPhones and iPads do not enroll with an agent. Open the enrollment URL in Safari on the device and install the \
         profile."
    )]
    AgentPlatform,
    /// Sample data was requested for a database that is not empty.
    #[error("This database already contains people. Sample data needs an empty one.")]
    NotEmpty,
}

impl InvalidField {
    /// Name of the field.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Text(error) => text_field(error),
            Self::Reminders(InvalidReminders::Cause(_) | InvalidReminders::Duplicate(_)) => "cause",
            Self::Reminders(InvalidReminders::AfterDays) => "after_days",
            Self::Reminders(InvalidReminders::AtMost) => "at_most",
            Self::NameTaken => "name",
            Self::AccountExists => "email",
            Self::PasswordTooShort | Self::PasswordTooLong | Self::PasswordGuessable => "password",
            Self::CurrentPasswordWrong => "current_password",
            Self::TooManySelected => "rows",
            Self::TooManyInvited => "people",
            Self::AgentPlatform => "platform",
            Self::NotEmpty => "data_dir",
        }
    }
}

const fn text_field(error: &TextError) -> &'static str {
    match error {
        TextError::NameEmpty | TextError::NameTooLong | TextError::NameControlCharacters => "name",
        TextError::EmailInvalid | TextError::EmailHiddenCharacters => "email",
        TextError::LocaleInvalid => "locale",
    }
}
