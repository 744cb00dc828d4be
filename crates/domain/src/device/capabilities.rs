//! What a device can do: reported by its agent, stored by the server, and shown to admins before they request anything.

use crate::{
    device::limit::Limit,
    types::{lenient, text::clean_text},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most commands, and most permissions, that an agent can report; the rest is dropped.
const ENTRIES_MAX: usize = 50;
/// Longest name of a command or a permission, in characters.
const NAME_MAX: usize = 60;
/// Longest reason, in characters.
const REASON_MAX: usize = 300;

/// What the host of an agent can do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Capabilities {
    /// Every command that the agent knows, by its `type`. What is not named is not known to the agent; when nothing is
    /// named, nothing is known of any command.
    #[serde(default, deserialize_with = "lenient::entries")]
    pub commands: BTreeMap<String, Support>,
    /// The permissions that the platform can grant to the agent at all. Of the required permissions only these are
    /// required of this device; absent: all of them.
    #[serde(default, deserialize_with = "lenient::texts", skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<String>>,
}

/// Whether a command can be carried out on a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Support {
    /// Whether it can.
    pub supported: bool,
    /// Why it cannot, or what it lacks, as one of the words of [`Limit`]; what is none of them counts for nothing.
    #[serde(default, deserialize_with = "lenient::optional_text", skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The same as a sentence for the admin, which is shown when there is no word for it.
    #[serde(default, deserialize_with = "lenient::optional_text", skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Support {
    /// Supported.
    pub const fn yes() -> Self {
        Self { supported: true, limit: None, reason: None }
    }

    /// Never possible on this host.
    pub fn no(limit: Limit) -> Self {
        Self { supported: false, ..Self::within(limit) }
    }

    /// Supported, within a limit that the admin should know.
    pub fn within(limit: Limit) -> Self {
        Self { supported: true, limit: Some(limit.as_str().to_owned()), reason: Some(limit.label().to_owned()) }
    }

    /// Why it cannot, or what it lacks; `None` when not reported.
    pub fn limitation(&self) -> Option<Limitation> {
        let limit = self.limit.as_deref().and_then(|word| word.parse().ok()).map(Limitation::Limit);
        limit.or_else(|| self.reason.clone().map(Limitation::AgentReason))
    }
}

/// Why a command cannot be carried out, or only in part; the message is for the log and for programs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limitation {
    /// The agent names other commands, and not this one.
    #[error("The agent on this device does not know this operation.")]
    UnknownCommand,
    /// It cannot, and no reason was reported.
    #[error("The device gave no reason.")]
    NoReason,
    /// A known limit.
    #[error("{}", .0.label())]
    Limit(Limit),
    /// In the words of the agent.
    #[error("{0}")]
    AgentReason(String),
}

impl Capabilities {
    /// A copy that is safe to store and show: bounded in number and length, without disruptive characters.
    #[must_use]
    pub fn cleaned(self) -> Self {
        let name = |text: &str| clean_text(text, NAME_MAX);
        let support = |raw: Support| {
            let reason = raw.reason.map(|reason| clean_text(&reason, REASON_MAX)).filter(|reason| !reason.is_empty());
            Support { supported: raw.supported, limit: raw.limit.map(|word| name(&word)), reason }
        };
        let commands = self.commands.into_iter().take(ENTRIES_MAX).map(|(word, raw)| (name(&word), support(raw)));
        let permissions = |raw: Vec<String>| raw.iter().take(ENTRIES_MAX).map(|word| name(word)).collect();
        Self { commands: commands.collect(), permissions: self.permissions.map(permissions) }
    }

    /// Why a command cannot be carried out; `None` when it can, or when the agent named no commands.
    pub fn limitation(&self, command: &str) -> Option<Limitation> {
        if self.commands.is_empty() {
            return None;
        }
        match self.commands.get(command) {
            None => Some(Limitation::UnknownCommand),
            Some(Support { supported: true, .. }) => None,
            Some(support) => Some(support.limitation().unwrap_or(Limitation::NoReason)),
        }
    }

    /// Whether the platform can grant a permission.
    pub fn can_grant(&self, permission: &str) -> bool {
        self.permissions.as_ref().is_none_or(|all| all.iter().any(|name| name == permission))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unnamed_command_is_unknown_unless_no_command_is_named() {
        assert_eq!(Capabilities::default().limitation("lock"), None);
        let reported = Capabilities {
            commands: BTreeMap::from([("lock".to_owned(), Support::yes()), ("wipe".to_owned(), cannot(None, None))]),
            permissions: None,
        };
        assert_eq!(reported.limitation("lock"), None);
        assert_eq!(reported.limitation("wipe"), Some(Limitation::NoReason));
        assert_eq!(reported.limitation("ring"), Some(Limitation::UnknownCommand));
    }

    fn cannot(limit: Option<&str>, reason: Option<&str>) -> Support {
        Support { supported: false, limit: limit.map(str::to_owned), reason: reason.map(str::to_owned) }
    }

    #[test]
    fn a_known_limit_outranks_the_sentence_and_an_unknown_one_is_ignored() {
        let limitation = |limit, reason| cannot(limit, reason).limitation();
        assert_eq!(limitation(Some("not_owner"), Some("No.")), Some(Limitation::Limit(Limit::NotOwner)));
        assert_eq!(limitation(Some("of_tomorrow"), Some("No.")), Some(Limitation::AgentReason("No.".to_owned())));
        assert_eq!(limitation(Some("of_tomorrow"), None), None);
    }

    #[test]
    fn a_reason_of_nothing_is_none() {
        let reasons = [Some("No."), Some(" \u{202E} "), None].map(|reason| {
            let commands = BTreeMap::from([("lock".to_owned(), cannot(None, reason))]);
            Capabilities { commands, permissions: None }.cleaned().limitation("lock")
        });
        let no = Limitation::AgentReason("No.".to_owned());
        assert_eq!(reasons, [Some(no), Some(Limitation::NoReason), Some(Limitation::NoReason)]);
    }

    #[test]
    fn reported_capabilities_are_kept_small_and_harmless() {
        let reason = format!("\u{202E}{}", "x".repeat(10_000));
        let commands = (0..1000).map(|n| (format!("c{n:04}"), cannot(Some(&reason), Some(&reason)))).collect();
        let permissions = Some(vec!["p".repeat(10_000); 1000]);
        let kept = Capabilities { commands, permissions }.cleaned();
        assert_eq!(kept.commands.len(), ENTRIES_MAX);
        assert!(kept.commands.values().all(|s| s.reason.as_deref() == Some(&"x".repeat(REASON_MAX))));
        assert!(kept.commands.values().all(|s| s.limit.as_deref() == Some(&"x".repeat(NAME_MAX))));
        assert!(kept.permissions.unwrap().iter().all(|name| name.len() == NAME_MAX));
    }
}
