//! Why a device cannot do something, in words.

use crate::say;
use domain::device::{capabilities::Obstacle, limit::Limit};

/// Why a command cannot be carried out, or not wholly.
pub fn obstacle_words(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::UnknownCommand => say::limit_unknown_command().to_owned(),
        Obstacle::NotTold => say::limit_not_told().to_owned(),
        Obstacle::Limit(limit) => limit_words(*limit).to_owned(),
        Obstacle::Told(words) => words.clone(),
    }
}

/// What a limit means.
pub fn limit_words(limit: Limit) -> &'static str {
    match limit {
        Limit::NoDeviceAdmin => say::limit_no_device_admin(),
        Limit::NotOwner => say::limit_not_owner(),
        Limit::OrdinaryProgram => say::limit_ordinary_program(),
        Limit::NoTermuxApi => say::limit_no_termux_api(),
        Limit::VibratesOnly => say::limit_vibrates_only(),
        Limit::TerminalBell => say::limit_terminal_bell(),
        Limit::NeedsDesktop => say::limit_needs_desktop(),
        Limit::NoSessionManager => say::limit_no_session_manager(),
        Limit::NoLocationSource => say::limit_no_location_source(),
        Limit::TerminalOnly => say::limit_terminal_only(),
        Limit::LostNotification => say::limit_lost_notification(),
        Limit::LostUnlocked => say::limit_lost_unlocked(),
        Limit::LostUnlockedTerminal => say::limit_lost_unlocked_terminal(),
        Limit::NotSupervised => say::limit_not_supervised(),
        Limit::NeedsLostMode => say::limit_needs_lost_mode(),
        Limit::NoMessages => say::limit_no_messages(),
    }
}
