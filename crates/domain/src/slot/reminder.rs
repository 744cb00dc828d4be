//! Reminders: automatic mails to people with a row that has been stuck for some days.

use crate::{
    Timestamp,
    slot::{
        SlotRow,
        attention::{AttentionPlan, Cause},
    },
    types::{hearing::Hearing, ids::InvitationId},
};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Causes that a mail to the person can resolve. A refused mail and a renewal without effect need an admin.
pub const REMINDABLE: [Cause; 5] =
    [Cause::NotOpened, Cause::NoDevice, Cause::Pending, Cause::PermissionsLost, Cause::NotSynchronizing];

/// Allowed days before a reminder.
pub const AFTER_DAYS: RangeInclusive<u16> = 1..=90;
/// Allowed maximum of reminders for one cause.
pub const AT_MOST: RangeInclusive<u8> = 1..=10;
/// A person gets no second reminder within this time, however many rows are stuck, in seconds: one day.
pub const REMINDER_PAUSE_S: i64 = DAY_S;

const DAY_S: i64 = 24 * 3600;

/// When people are reminded of one cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReminderRule {
    /// Why their rows are stuck; one of [`REMINDABLE`].
    pub cause: Cause,
    /// Days from the moment at which the row needs attention, or from the reminder before; one of [`AFTER_DAYS`].
    pub after_days: u16,
    /// Reminders until the cause is gone; one of [`AT_MOST`].
    pub at_most: u8,
}

/// Why a policy is invalid; the message is for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvalidReminders {
    /// A mail to the person would not help.
    #[error("There are no reminders for “{}”.", .0.label())]
    Cause(Cause),
    /// The same cause twice.
    #[error("There are two rules for “{}”.", .0.label())]
    Duplicate(Cause),
    /// Too few or too many days.
    #[error("A reminder must wait for {} to {} days.", AFTER_DAYS.start(), AFTER_DAYS.end())]
    AfterDays,
    /// Too few or too many reminders.
    #[error("The maximum of reminders for one cause must be {} to {}.", AT_MOST.start(), AT_MOST.end())]
    AtMost,
}

/// The rules for reminders, at most one for each cause; none by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<ReminderRule>", into = "Vec<ReminderRule>")]
pub struct ReminderPolicy(Vec<ReminderRule>);

impl TryFrom<Vec<ReminderRule>> for ReminderPolicy {
    type Error = InvalidReminders;

    fn try_from(mut rules: Vec<ReminderRule>) -> Result<Self, Self::Error> {
        rules.sort_by_key(|rule| rule.cause);
        for rule in &rules {
            check(*rule)?;
        }
        match rules.windows(2).find(|pair| pair[0].cause == pair[1].cause) {
            Some(pair) => Err(InvalidReminders::Duplicate(pair[0].cause)),
            None => Ok(Self(rules)),
        }
    }
}

fn check(rule: ReminderRule) -> Result<(), InvalidReminders> {
    if !REMINDABLE.contains(&rule.cause) {
        return Err(InvalidReminders::Cause(rule.cause));
    }
    if !AFTER_DAYS.contains(&rule.after_days) {
        return Err(InvalidReminders::AfterDays);
    }
    if AT_MOST.contains(&rule.at_most) { Ok(()) } else { Err(InvalidReminders::AtMost) }
}

impl From<ReminderPolicy> for Vec<ReminderRule> {
    fn from(policy: ReminderPolicy) -> Self {
        policy.0
    }
}

impl ReminderPolicy {
    /// The rules, in the order of their causes.
    pub fn rules(&self) -> &[ReminderRule] {
        &self.0
    }

    fn rule(&self, cause: Cause) -> Option<ReminderRule> {
        self.0.iter().copied().find(|rule| rule.cause == cause)
    }
}

impl ReminderRule {
    /// A reminder is due at `now` if the wait for it began at this moment or earlier. Only the time counts in which the
    /// server was there to hear.
    pub fn cutoff(self, hearing: &Hearing, now: Timestamp) -> Timestamp {
        hearing.cutoff(now, i64::from(self.after_days) * DAY_S)
    }
}

/// The period within which reminders are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Episode {
    /// While this invitation waits for a device.
    Invitation(InvitationId),
    /// While the device stays in the state that it entered at this time.
    Device(Timestamp),
}

impl Episode {
    /// The current episode of a row.
    pub fn of(row: &SlotRow) -> Self {
        match row.device {
            Some(_) => Self::Device(row.status_since),
            None => Self::Invitation(row.invitation_id),
        }
    }
}

/// The reminders sent for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// The cause.
    pub cause: Cause,
    /// The episode they were sent in.
    pub episode: Episode,
    /// How many.
    pub times: u8,
    /// When the latest was put into the outbox.
    pub last_at: Timestamp,
}

/// The reminder that is due for a row at `now`, with its number in `times`; `None` when none is.
pub fn due(row: &SlotRow, policy: &ReminderPolicy, hearing: &Hearing, now: Timestamp) -> Option<Reminded> {
    let (from, cause) = AttentionPlan::of(row).first?;
    let rule = policy.rule(cause)?;
    // Reminders of another cause do not count.
    let previous = row.reminded.filter(|reminded| reminded.cause == cause);
    // The wait begins with the latest of three: the cause itself, the previous reminder, and a renewal by hand.
    let renewed_at = row.device.as_ref().and_then(|device| device.renew_requested_at);
    let since = [Some(from), previous.map(|reminded| reminded.last_at), renewed_at].into_iter().flatten().max()?;
    let times = previous.map_or(0, |reminded| reminded.times);
    let is_due = since <= rule.cutoff(hearing, now) && times < rule.at_most;
    is_due.then(|| Reminded { cause, episode: Episode::of(row), times: times + 1, last_at: now })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(cause: Cause, after_days: u16, at_most: u8) -> ReminderRule {
        ReminderRule { cause, after_days, at_most }
    }

    #[test]
    fn an_invalid_policy_is_refused_with_the_reason() {
        let policy = |rules: &[ReminderRule]| ReminderPolicy::try_from(rules.to_vec());
        let fine = rule(Cause::Pending, 1, 10);
        assert_eq!(policy(&[rule(Cause::MailFailed, 1, 1)]), Err(InvalidReminders::Cause(Cause::MailFailed)));
        assert_eq!(policy(&[fine, fine]), Err(InvalidReminders::Duplicate(Cause::Pending)));
        for days in [0, 91, u16::MAX] {
            assert_eq!(policy(&[rule(Cause::Pending, days, 1)]), Err(InvalidReminders::AfterDays));
        }
        for times in [0, 11, u8::MAX] {
            assert_eq!(policy(&[rule(Cause::Pending, 1, times)]), Err(InvalidReminders::AtMost));
        }
        let both = policy(&[fine, rule(Cause::NotOpened, 90, 1)]).unwrap();
        assert_eq!(both.rules().iter().map(|rule| rule.cause).collect::<Vec<_>>(), [Cause::NotOpened, Cause::Pending]);
        let json = serde_json::to_string(&both).unwrap();
        assert_eq!(serde_json::from_str::<ReminderPolicy>(&json).unwrap(), both);
        assert!(serde_json::from_str::<ReminderPolicy>(&json.replace("90", "900")).is_err());
    }
}
