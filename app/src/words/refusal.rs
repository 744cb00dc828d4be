//! Why something was not done, in sentences for the user. The service and the domain have them in English, for programs
//! and for the log.

use crate::say;
use domain::{
    person::invite_lines::{INVITE_MAX, LineError},
    types::text::{NAME_MAX, TextError},
};

/// What is wrong with a line of people.
pub fn line_words(error: &LineError) -> String {
    match error {
        LineError::NoEmail => say::line_no_email().to_owned(),
        LineError::Text(error) => text_words(error),
        LineError::Twice(number) => say::line_twice(*number),
        LineError::TooMany => say::line_too_many(INVITE_MAX),
    }
}

/// What is wrong with a field.
pub fn text_words(error: &TextError) -> String {
    match error {
        TextError::NameEmpty => say::name_empty().to_owned(),
        TextError::NameTooLong => say::name_too_long(NAME_MAX),
        TextError::NameControlCharacters => say::name_control_characters().to_owned(),
        TextError::EmailInvalid => say::email_invalid().to_owned(),
        TextError::LocaleInvalid => say::locale_invalid().to_owned(),
    }
}

#[cfg(feature = "ssr")]
pub use of_service::service_words;

#[cfg(feature = "ssr")]
mod of_service {
    use super::super::{limit::obstacle_words, text_words};
    use crate::say;
    use domain::{
        decide::{DURATION_S, InvalidRequest, MESSAGE_MAX, PHONE_MAX, Refusal},
        invitation::DeactivationReason,
        list::bulk::{BULK_MAX, Unfit},
    };
    use service::{InvalidField, MAX_INVITED_AT_ONCE, PASSWORD_MAX, PASSWORD_MIN, ServiceError};

    /// Why a use case did not do what was asked.
    pub fn service_words(error: &ServiceError) -> String {
        match error {
            ServiceError::Refused(refusal) => refusal_words(refusal),
            ServiceError::NotFound => say::gone().to_owned(),
            ServiceError::Unfit(unfit) => unfit_words(*unfit).to_owned(),
            ServiceError::Invalid(error) => field_words(error),
            ServiceError::EmailTaken => say::email_taken().to_owned(),
            ServiceError::WrongCredentials => say::credentials_invalid().to_owned(),
            ServiceError::TooManyAttempts { retry_after_s } => {
                say::too_many(&say::wait_minutes(retry_after_s.div_ceil(60)))
            }
            ServiceError::ImportRunning => say::import_running().to_owned(),
            ServiceError::Unavailable => say::busy().to_owned(),
            ServiceError::Internal(_) => say::our_fault().to_owned(),
        }
    }

    fn refusal_words(refusal: &Refusal) -> String {
        let words = match refusal {
            Refusal::InvitationInactive(DeactivationReason::Manual) => say::refused_deactivated(),
            Refusal::InvitationInactive(DeactivationReason::Replaced) => say::refused_replaced(),
            Refusal::InvitationInactive(DeactivationReason::Expired) => say::refused_expired(),
            Refusal::NoActiveInvitation => say::refused_no_invitation(),
            Refusal::AlreadyInvited => say::refused_already_invited(),
            Refusal::MailAlreadyQueued => say::refused_mail_queued(),
            Refusal::MailJustSent => say::refused_mail_just_sent(),
            Refusal::NoSuchDevice => say::refused_no_device(),
            Refusal::NothingToRenew => say::refused_nothing_to_renew(),
            Refusal::DeviceUnenrolled => say::refused_unenrolled(),
            Refusal::CommandFinished => say::refused_finished(),
            Refusal::CommandCancelled => say::refused_command_cancelled(),
            Refusal::CommandExpired => say::refused_command_expired(),
            Refusal::Unsupported(obstacle) => return say::refused_unsupported(&obstacle_words(obstacle)),
            Refusal::LostModePending => say::refused_lost_mode_pending(),
            Refusal::NotLost => say::refused_not_lost(),
            Refusal::Invalid(error) => return request_words(*error),
        };
        words.to_owned()
    }
    fn unfit_words(unfit: Unfit) -> &'static str {
        match unfit {
            Unfit::ResendDevice => say::unfit_resend(),
            Unfit::DeactivateDevice => say::unfit_deactivate(),
            Unfit::RenewItem => say::unfit_renew(),
            Unfit::DeleteItem => say::unfit_delete(),
        }
    }

    fn field_words(error: &InvalidField) -> String {
        match error {
            InvalidField::Text(error) => text_words(error),
            InvalidField::Reminders(_) => say::reminders_failed().to_owned(),
            InvalidField::AccountExists => say::account_exists().to_owned(),
            InvalidField::PasswordTooShort => say::password_too_short(PASSWORD_MIN),
            InvalidField::PasswordTooLong => say::password_too_long(PASSWORD_MAX),
            InvalidField::TooManySelected => say::too_many_selected(BULK_MAX),
            InvalidField::TooManyInvited => say::too_many_invited(MAX_INVITED_AT_ONCE),
            // The command line says these, and nothing else does.
            InvalidField::NameTaken | InvalidField::NotEmpty => error.to_string(),
        }
    }

    fn request_words(error: InvalidRequest) -> String {
        match error {
            InvalidRequest::ExpiryPast => say::expiry_past().to_owned(),
            InvalidRequest::MessageEmpty => say::message_empty().to_owned(),
            InvalidRequest::MessageTooLong => say::message_too_long(MESSAGE_MAX),
            InvalidRequest::Duration => say::command_duration(*DURATION_S.start(), *DURATION_S.end()),
            InvalidRequest::LostTextEmpty => say::lost_text_empty().to_owned(),
            InvalidRequest::Phone => say::phone_invalid(PHONE_MAX),
        }
    }
}
