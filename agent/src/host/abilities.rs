//! What the agent can do on a real host, and why not the rest.

use super::actions::{ALL_PROGRAMS, Tool};
use domain::capabilities::{Capabilities, Support};
use std::collections::BTreeMap;

/// Which programs are there, asked by their names.
pub type IsThere<'a> = &'a dyn Fn(Tool) -> bool;

/// What an agent in Termux can do.
pub fn of_termux(is_there: IsThere<'_>) -> Capabilities {
    let no_api = "The Termux:API add-on is not installed on this phone.";
    let with = |tool, limit: Option<&str>| if is_there(tool) { limited(limit) } else { Support::no(no_api) };
    let lost = "The screen is not locked: a message that stays is shown, and the position is reported.";
    let commands = [
        (
            "lock",
            Support::no("Android lets only a device administrator lock the screen, and an app in Termux is none."),
        ),
        ("wipe", Support::no("Android lets only the owner of the device erase it, and an app in Termux is not.")),
        ("locate", with(Tool::TermuxLocation, None)),
        ("ring", with(Tool::TermuxVibrate, Some("The phone vibrates; it is not as loud as it could be."))),
        ("message", with(Tool::TermuxNotification, None)),
        ("lost_mode", with(Tool::TermuxNotification, Some(lost))),
        ("end_lost_mode", with(Tool::TermuxNotification, None)),
    ];
    told(commands, &["location", "notifications"])
}

/// What an agent on a Linux host can do.
pub fn of_linux(is_there: IsThere<'_>) -> Capabilities {
    let locks = is_there(Tool::Loginctl) || is_there(Tool::XdgScreensaver);
    let shows = is_there(Tool::NotifySend);
    let terminal = (!shows).then_some("It is shown on the agent's terminal only: notify-send is not installed.");
    let lost = match (locks, shows) {
        (true, true) => "The message is a notification, not part of the lock screen.",
        (true, false) => "The message is shown on the agent's terminal only: notify-send is not installed.",
        (false, true) => "The screen cannot be locked; the message is a notification.",
        (false, false) => "The screen cannot be locked; the message is shown on the agent's terminal only.",
    };
    let lock = if locks {
        limited(Some("A desktop has to listen to the session manager."))
    } else {
        Support::no("This host has no session manager that the agent can ask to lock the screen.")
    };
    let locate = if is_there(Tool::WhereAmI) {
        Support::yes()
    } else {
        Support::no("This host has no source for its position that the agent can ask (GeoClue).")
    };
    let commands = [
        ("lock", lock),
        ("wipe", Support::no("This agent is an ordinary program and does not own the host, so it cannot erase it.")),
        ("locate", locate),
        ("ring", limited(Some("The bell of the agent's terminal, and the alarm sound where it is installed."))),
        ("message", limited(terminal)),
        ("lost_mode", limited(Some(lost))),
        ("end_lost_mode", Support::yes()),
    ];
    told(commands, &[])
}

/// It can be done, with a limit that the admin should know.
fn limited(limit: Option<&str>) -> Support {
    Support { supported: true, reason: limit.map(str::to_owned) }
}

/// `commands` and what every agent can do, with the permissions that the platform can grant.
fn told<const N: usize>(commands: [(&str, Support); N], permissions: &[&str]) -> Capabilities {
    let own = ["inventory", "renew"].map(|name| (name, Support::yes()));
    let commands = commands.into_iter().chain(own).map(|(name, support)| (name.to_owned(), support));
    let permissions = permissions.iter().map(|&name| name.to_owned()).collect();
    Capabilities { commands: commands.collect::<BTreeMap<_, _>>(), permissions: Some(permissions) }
}

/// The programs of this host.
pub fn installed(tool: Tool) -> bool {
    ALL_PROGRAMS.iter().any(|(of, path)| *of == tool && crate::programs::find(path).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::command::CommandKind;

    /// Every command that there is.
    fn kinds() -> Vec<CommandKind> {
        vec![
            CommandKind::Lock {},
            CommandKind::Wipe { external: false },
            CommandKind::Locate { high_accuracy: false, timeout_s: 1 },
            CommandKind::Ring { seconds: 1 },
            CommandKind::Message { text: String::new() },
            CommandKind::LostMode(domain::lost::LostText::default()),
            CommandKind::EndLostMode {},
            CommandKind::Inventory {},
            CommandKind::Renew {},
        ]
    }

    #[test]
    fn every_command_is_named_and_what_cannot_be_done_has_a_reason() {
        for of in [of_termux, of_linux] {
            for is_there in [true, false] {
                let told = of(&|_| is_there);
                for kind in kinds() {
                    let support = &told.commands[kind.name()];
                    assert!(support.supported || support.reason.is_some(), "{}", kind.name());
                }
                assert_eq!(told.commands.len(), kinds().len());
            }
        }
    }

    #[test]
    fn no_real_host_is_erased_and_no_device_is_administered() {
        for told in [of_termux(&|_| true), of_linux(&|_| true)] {
            assert!(told.obstacle("wipe").is_some());
            assert!(!told.can_grant("device_admin"));
        }
    }
}
