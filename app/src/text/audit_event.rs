//! Events of the audit log as text.

use super::Text;
use crate::text;
use domain::audit::AuditEvent;

impl Text for AuditEvent {
    fn text(self) -> &'static str {
        match self {
            Self::SignedIn => text::audit_signed_in(),
            Self::SignInFailed => text::audit_sign_in_failed(),
            Self::LockedOut => text::audit_locked_out(),
            Self::PinLocked => text::audit_pin_locked(),
            Self::SignedOut => text::audit_signed_out(),
            Self::SessionEnded => text::audit_session_ended(),
            Self::AccountCreated => text::audit_account_created(),
            Self::PasswordChanged => text::audit_password_changed(),
            Self::PasswordRefused => text::audit_password_refused(),
            Self::ResetLinkCreated => text::audit_reset_link_created(),
            Self::TokenCreated => text::audit_token_created(),
            Self::TokenRevoked => text::audit_token_revoked(),
            Self::Exported => text::audit_exported(),
            Self::SettingsChanged => text::audit_settings_changed(),
        }
    }
}
