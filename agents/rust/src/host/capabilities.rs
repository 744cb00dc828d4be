//! What the agent can do on a real host, and why it cannot do the rest.

use super::actions::{ALL_PROGRAMS, Tool};
use domain::device::{
    capabilities::{Capabilities, Support},
    limit::Limit,
};
use std::collections::BTreeMap;

/// Whether a program is installed.
pub type IsInstalled<'a> = &'a dyn Fn(Tool) -> bool;

/// What an agent in Termux can do.
pub fn of_termux(is_installed: IsInstalled<'_>) -> Capabilities {
    let with = |tool, there| if is_installed(tool) { there } else { Support::no(Limit::NoTermuxApi) };
    let commands = [
        ("lock", Support::no(Limit::NoDeviceAdmin)),
        ("wipe", Support::no(Limit::OrdinaryProgram)),
        ("locate", with(Tool::TermuxLocation, Support::yes())),
        ("ring", with(Tool::TermuxVibrate, Support::within(Limit::VibratesOnly))),
        ("message", with(Tool::TermuxNotification, Support::yes())),
        ("lost_mode", with(Tool::TermuxNotification, Support::within(Limit::LostUnlocked))),
        ("end_lost_mode", with(Tool::TermuxNotification, Support::yes())),
    ];
    with_common_commands(commands, &["location", "notifications"])
}

/// What an agent on a Linux host can do.
pub fn of_linux(is_installed: IsInstalled<'_>) -> Capabilities {
    let locks = is_installed(Tool::Loginctl) || is_installed(Tool::XdgScreensaver);
    let shows = is_installed(Tool::NotifySend);
    let message = if shows { Support::yes() } else { Support::within(Limit::TerminalOnly) };
    let lost = match (locks, shows) {
        (true, true) => Limit::LostNotification,
        (true, false) => Limit::TerminalOnly,
        (false, true) => Limit::LostUnlocked,
        (false, false) => Limit::LostUnlockedTerminal,
    };
    let lock = if locks { Support::within(Limit::NeedsDesktop) } else { Support::no(Limit::NoSessionManager) };
    let locate = if is_installed(Tool::WhereAmI) { Support::yes() } else { Support::no(Limit::NoLocationSource) };
    let commands = [
        ("lock", lock),
        ("wipe", Support::no(Limit::OrdinaryProgram)),
        ("locate", locate),
        ("ring", Support::within(Limit::TerminalBell)),
        ("message", message),
        ("lost_mode", Support::within(lost)),
        ("end_lost_mode", Support::yes()),
    ];
    with_common_commands(commands, &[])
}

/// `commands` plus those that every agent supports, and the permissions that the platform can grant.
fn with_common_commands<const N: usize>(commands: [(&str, Support); N], permissions: &[&str]) -> Capabilities {
    let own = ["inventory", "renew"].map(|name| (name, Support::yes()));
    let commands = commands.into_iter().chain(own).map(|(name, support)| (name.to_owned(), support));
    let permissions = permissions.iter().map(|&name| name.to_owned()).collect();
    Capabilities { commands: commands.collect::<BTreeMap<_, _>>(), permissions: Some(permissions) }
}

/// Whether a program is installed on this host.
pub fn installed(tool: Tool) -> bool {
    ALL_PROGRAMS.iter().any(|(of, path)| *of == tool && crate::host::programs::find(path).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::device::command::CommandKind;

    /// Every command.
    fn kinds() -> Vec<CommandKind> {
        vec![
            CommandKind::Lock {},
            CommandKind::Wipe { external: false },
            CommandKind::Locate { high_accuracy: false, timeout_s: 1 },
            CommandKind::Ring { seconds: 1 },
            CommandKind::Message { text: String::new() },
            CommandKind::LostMode(domain::device::lost::LostText::default()),
            CommandKind::EndLostMode {},
            CommandKind::Inventory {},
            CommandKind::Renew {},
        ]
    }

    #[test]
    fn every_command_is_named_and_what_cannot_be_done_has_a_reason() {
        for of in [of_termux, of_linux] {
            for is_installed in [true, false] {
                let capabilities = of(&|_| is_installed);
                for kind in kinds() {
                    let support = &capabilities.commands[kind.name()];
                    assert!(support.supported || support.reason.is_some(), "{}", kind.name());
                }
                assert_eq!(capabilities.commands.len(), kinds().len());
            }
        }
    }

    #[test]
    fn no_real_host_is_erased_and_no_device_is_administered() {
        for capabilities in [of_termux(&|_| true), of_linux(&|_| true)] {
            assert!(capabilities.limitation("wipe").is_some());
            assert!(!capabilities.can_grant("device_admin"));
        }
    }
}
