//! What can be wrong with a field.

use domain::{
    list::bulk::BULK_MAX, person::invite_lines::INVITE_MAX, slot::reminder::InvalidReminders, types::text::TextError,
};

/// Shortest password, in characters (NIST SP 800-63B asks for 8 at least; an admin console deserves more).
pub const PASSWORD_MIN: usize = 12;
/// Longest password, in bytes, so that nobody has megabytes hashed.
pub const PASSWORD_MAX: usize = 1024;

/// What is wrong with a field; the message is for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidField {
    /// A text cannot be parsed.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A rule of reminders.
    #[error(transparent)]
    Reminders(#[from] InvalidReminders),
    /// An API token of this name exists.
    #[error("This name is taken.")]
    NameTaken,
    /// An account of this email exists.
    #[error("There is an account with this email already.")]
    AccountExists,
    /// Fewer characters than [`PASSWORD_MIN`].
    #[error("The password is too short: {PASSWORD_MIN} characters at least.")]
    PasswordTooShort,
    /// More bytes than [`PASSWORD_MAX`].
    #[error("The password is too long: {PASSWORD_MAX} bytes at most.")]
    PasswordTooLong,
    /// More rows, or people, than [`BULK_MAX`].
    #[error("At most {BULK_MAX} can be changed at once. Filter the list to have fewer.")]
    TooManySelected,
    /// More people than [`INVITE_MAX`].
    #[error("At most {INVITE_MAX} people can be invited at once.")]
    TooManyInvited,
    /// Sample data is for an empty database.
    #[error("There are people in this database. Sample data is for an empty one.")]
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
            Self::PasswordTooShort | Self::PasswordTooLong => "password",
            Self::TooManySelected => "rows",
            Self::TooManyInvited => "people",
            Self::NotEmpty => "data_dir",
        }
    }
}

const fn text_field(error: &TextError) -> &'static str {
    match error {
        TextError::NameEmpty | TextError::NameTooLong | TextError::NameControlCharacters => "name",
        TextError::EmailInvalid => "email",
        TextError::LocaleInvalid => "locale",
    }
}
