//! Why something was not done, in sentences for the user. The service and the domain have them in English, for programs
//! and for the log.

use crate::text;
use domain::{
    person::invite_lines::{INVITE_MAX, LineError},
    types::text::{NAME_MAX, TextError},
};

/// What is wrong with a line of people.
pub fn invite_line_error_text(error: &LineError) -> String {
    match error {
        LineError::NoEmail => text::line_no_email().to_owned(),
        LineError::SeveralAddresses => text::line_several_addresses().to_owned(),
        LineError::Text(error) => field_error_text(error),
        LineError::Duplicate(number) => text::line_twice(*number),
        LineError::TooMany => text::line_too_many(INVITE_MAX),
    }
}

/// What is wrong with a field.
pub fn field_error_text(error: &TextError) -> String {
    match error {
        TextError::NameEmpty => text::name_empty().to_owned(),
        TextError::NameTooLong => text::name_too_long(NAME_MAX),
        TextError::NameControlCharacters => text::name_control_characters().to_owned(),
        TextError::EmailInvalid => text::email_invalid().to_owned(),
        TextError::EmailHiddenCharacters => text::email_hidden_characters().to_owned(),
        TextError::LocaleInvalid => text::locale_invalid().to_owned(),
    }
}

#[cfg(feature = "ssr")]
pub use of_service::{line_refusal_text, service_error_text};

#[cfg(feature = "ssr")]
mod of_service {
    use super::super::{field_error_text, limit::limitation_text};
    use crate::text;
    use domain::{
        decide::{DURATION_S, InvalidRequest, MESSAGE_MAX, PHONE_MAX, Refusal},
        invitation::{DeactivationReason, job::LineRefusal},
        list::bulk::{BULK_MAX, NotApplicable},
        person::invite_lines::INVITE_MAX,
    };
    use service::{InvalidField, PASSWORD_MAX, PASSWORD_MIN, ServiceError};

    /// Why a use case did not do what was asked.
    pub fn service_error_text(error: &ServiceError) -> String {
        match error {
            ServiceError::Refused(refusal) => refusal_text(refusal),
            ServiceError::NotFound => text::gone().to_owned(),
            ServiceError::NotApplicable(reason) => not_applicable_text(*reason).to_owned(),
            ServiceError::Invalid(error) => invalid_field_text(error),
            ServiceError::EmailTaken => text::email_taken().to_owned(),
            ServiceError::WrongCredentials => text::credentials_invalid().to_owned(),
            ServiceError::TooManyAttempts { retry_after_s } => {
                text::too_many(&text::wait_minutes(retry_after_s.div_ceil(60)))
            }
            ServiceError::TooManyEnrollments { retry_after_s } => {
                text::too_many_enrollments(&text::wait_minutes(retry_after_s.div_ceil(60)))
            }
            ServiceError::SignInsWaiting => text::sign_ins_waiting().to_owned(),
            ServiceError::ImportRunning => text::import_running().to_owned(),
            ServiceError::Unavailable => text::busy().to_owned(),
            ServiceError::DatabaseDown => text::database_down().to_owned(),
            ServiceError::Unconfirmed => text::unconfirmed().to_owned(),
            ServiceError::Damaged => text::record_damaged().to_owned(),
            ServiceError::Internal(_) => text::internal_error().to_owned(),
        }
    }

    /// Why a line of people invited nobody.
    pub fn line_refusal_text(refusal: &LineRefusal) -> String {
        match refusal {
            LineRefusal::Text(error) => field_error_text(error),
            LineRefusal::JustInvited => text::just_invited().to_owned(),
            LineRefusal::ExpiryPast => text::expiry_past().to_owned(),
            LineRefusal::Failed => text::internal_error().to_owned(),
        }
    }

    fn refusal_text(refusal: &Refusal) -> String {
        let text = match refusal {
            Refusal::InvitationInactive(DeactivationReason::Manual) => text::refused_deactivated(),
            Refusal::InvitationInactive(DeactivationReason::Replaced) => text::refused_replaced(),
            Refusal::InvitationInactive(DeactivationReason::Expired) => text::refused_expired(),
            Refusal::NoActiveInvitation => text::refused_no_invitation(),
            Refusal::AlreadyInvited => text::refused_already_invited(),
            Refusal::MailAlreadyQueued => text::refused_mail_queued(),
            Refusal::MailJustSent => text::refused_mail_just_sent(),
            Refusal::NoSuchDevice => text::refused_no_device(),
            Refusal::NothingToRenew => text::refused_nothing_to_renew(),
            Refusal::DeviceUnenrolled => text::refused_unenrolled(),
            Refusal::DeviceWiped => text::refused_wiped(),
            Refusal::DeviceReplaced => text::refused_device_replaced(),
            Refusal::WipePending => text::refused_wipe_pending(),
            Refusal::CommandFinished => text::refused_finished(),
            Refusal::CommandCancelled => text::refused_command_cancelled(),
            Refusal::CommandExpired => text::refused_command_expired(),
            Refusal::Unsupported(limitation) => return text::refused_unsupported(&limitation_text(limitation)),
            Refusal::LostModePending => text::refused_lost_mode_pending(),
            Refusal::NotLost => text::refused_not_lost(),
            Refusal::Invalid(error) => return invalid_request_text(*error),
        };
        text.to_owned()
    }
    fn not_applicable_text(reason: NotApplicable) -> &'static str {
        match reason {
            NotApplicable::ResendDevice => text::not_applicable_resend(),
            NotApplicable::DeactivateDevice => text::not_applicable_deactivate(),
            NotApplicable::RenewItem => text::not_applicable_renew(),
            NotApplicable::DeleteItem => text::not_applicable_delete(),
            NotApplicable::CommandItem => text::not_applicable_command(),
        }
    }

    fn invalid_field_text(error: &InvalidField) -> String {
        match error {
            InvalidField::Text(error) => field_error_text(error),
            InvalidField::Reminders(_) => text::reminders_failed().to_owned(),
            InvalidField::AccountExists => text::account_exists().to_owned(),
            InvalidField::PasswordTooShort => text::password_too_short(PASSWORD_MIN),
            InvalidField::PasswordTooLong => text::password_too_long(PASSWORD_MAX),
            InvalidField::PasswordGuessable => text::password_guessable().to_owned(),
            InvalidField::CurrentPasswordWrong => text::current_password_wrong().to_owned(),
            InvalidField::TooManySelected => text::too_many_selected(BULK_MAX),
            InvalidField::TooManyInvited => text::too_many_invited(INVITE_MAX),
            // Only the command line and agents show these.
            InvalidField::NameTaken | InvalidField::NotEmpty | InvalidField::AgentPlatform => error.to_string(),
        }
    }

    fn invalid_request_text(error: InvalidRequest) -> String {
        match error {
            InvalidRequest::ExpiryPast => text::expiry_past().to_owned(),
            InvalidRequest::MessageEmpty => text::message_empty().to_owned(),
            InvalidRequest::MessageTooLong => text::message_too_long(MESSAGE_MAX),
            InvalidRequest::Duration => text::command_duration(*DURATION_S.start(), *DURATION_S.end()),
            InvalidRequest::LostTextEmpty => text::lost_text_empty().to_owned(),
            InvalidRequest::Phone => text::phone_invalid(PHONE_MAX),
        }
    }
}
