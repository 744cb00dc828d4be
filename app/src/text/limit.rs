//! Why a device cannot do something, as text.

use crate::text;
use domain::device::{capabilities::Limitation, limit::Limit};

/// Why a command cannot be carried out, or not completely.
pub fn limitation_text(limitation: &Limitation) -> String {
    match limitation {
        Limitation::UnknownCommand => text::limit_unknown_command().to_owned(),
        Limitation::NoReason => text::limit_no_reason().to_owned(),
        Limitation::Limit(limit) => limit_text(*limit).to_owned(),
        Limitation::AgentReason(text) => text.clone(),
    }
}

/// What a limit means.
pub fn limit_text(limit: Limit) -> &'static str {
    match limit {
        Limit::NoDeviceAdmin => text::limit_no_device_admin(),
        Limit::NotOwner => text::limit_not_owner(),
        Limit::NoLockRight => text::limit_no_lock_right(),
        Limit::NoEraseRight => text::limit_no_erase_right(),
        Limit::OrdinaryProgram => text::limit_ordinary_program(),
        Limit::NoTermuxApi => text::limit_no_termux_api(),
        Limit::VibratesOnly => text::limit_vibrates_only(),
        Limit::TerminalBell => text::limit_terminal_bell(),
        Limit::NeedsDesktop => text::limit_needs_desktop(),
        Limit::NoSessionManager => text::limit_no_session_manager(),
        Limit::NoLocationSource => text::limit_no_location_source(),
        Limit::TerminalOnly => text::limit_terminal_only(),
        Limit::LostNotification => text::limit_lost_notification(),
        Limit::LostUnlocked => text::limit_lost_unlocked(),
        Limit::LostUnlockedTerminal => text::limit_lost_unlocked_terminal(),
        Limit::NotSupervised => text::limit_not_supervised(),
        Limit::NeedsLostMode => text::limit_needs_lost_mode(),
        Limit::NoMessages => text::limit_no_messages(),
    }
}
