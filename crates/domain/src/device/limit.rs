//! Known limits of devices. Each has its own word, so that the console can show it in the admin's language; for any
//! other limit the agent sends a sentence.

use crate::types::text_enum::text_enum;

text_enum! {
    /// Why a device cannot carry out a command, or only in part. The labels are for the log and for programs.
    Limit {
        /// Android without a device administrator.
        NoDeviceAdmin = "no_device_admin", "Android lets only a device administrator lock the screen, and this agent is none.";
        /// Android whose agent does not own the device.
        NotOwner = "not_owner", "Only an agent that owns the device can erase it: set the device up from the factory state.";
        /// An agent that is a program among others on its host.
        OrdinaryProgram = "ordinary_program", "This agent is an ordinary program and does not own the host, so it cannot erase it.";
        /// Termux without its add-on.
        NoTermuxApi = "no_termux_api", "The Termux:API add-on is not installed on this phone.";
        /// A phone that an agent cannot make ring.
        VibratesOnly = "vibrates_only", "The phone vibrates; it is not as loud as it could be.";
        /// A host without speakers or without a sound file.
        TerminalBell = "terminal_bell", "The bell of the agent's terminal, and the alarm sound where it is installed.";
        /// A host whose desktop may ignore the session manager.
        NeedsDesktop = "needs_desktop", "A desktop has to listen to the session manager.";
        /// A host without a session manager.
        NoSessionManager = "no_session_manager", "This host has no session manager that the agent can ask to lock the screen.";
        /// A host without a source for its position.
        NoLocationSource = "no_location_source", "This host has no source for its position that the agent can ask (GeoClue).";
        /// A host without notifications.
        TerminalOnly = "terminal_only", "It is shown on the agent's terminal only: notify-send is not installed.";
        /// Lost mode outside the lock screen.
        LostNotification = "lost_notification", "The message is a notification, not part of the lock screen.";
        /// Lost mode that cannot lock.
        LostUnlocked = "lost_unlocked", "The screen cannot be locked; the message is a notification that stays.";
        /// Lost mode that can neither lock nor notify.
        LostUnlockedTerminal = "lost_unlocked_terminal", "The screen cannot be locked; the message is shown on the agent's terminal only.";
        /// Apple devices whose profile does not allow it.
        NoLockRight = "no_lock_right", "It was enrolled without the right to lock it.";
        /// Apple devices that were enrolled as personal.
        NoEraseRight = "no_erase_right", "It was enrolled as a personal device, and nobody but its owner can erase such an iPhone or iPad.";
        /// Apple devices that are not supervised.
        NotSupervised = "not_supervised", "Only a supervised iPhone or iPad has a lost mode.";
        /// Apple devices outside of lost mode.
        NeedsLostMode = "needs_lost_mode", "An iPhone or iPad does this only when it is supervised and in lost mode.";
        /// Apple's protocol has no such command.
        NoMessages = "no_messages", "Apple's protocol shows a message only in lost mode.";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_documented_for_authors_of_agents() {
        let docs = include_str!("../../../../docs/agent-protocol.md");
        for limit in Limit::ALL {
            assert!(docs.contains(&format!("`{limit}`")), "docs/agent-protocol.md does not have `{limit}`");
        }
    }
}
