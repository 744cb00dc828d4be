//! Reminders: mails that go out by themselves to people whose row has been stuck for some days.

use crate::{
    Timestamp,
    slot::{
        SlotRow,
        attention::{AttentionPlan, Cause},
    },
    types::ids::InvitationId,
};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Causes that a mail to the person can end. A refused mail needs an admin, and so does a renewal without effect.
pub const REMINDABLE: [Cause; 5] =
    [Cause::NotOpened, Cause::NoDevice, Cause::Pending, Cause::PermissionsLost, Cause::NotSynchronizing];

/// Days that a reminder may wait for.
pub const AFTER_DAYS: RangeInclusive<u16> = 1..=90;
/// How many reminders there may be of one cause.
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

/// Why a policy is not acceptable; the message is for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidReminders {
    /// A mail to the person would not help.
    #[error("There are no reminders for “{}”.", .0.label())]
    Cause(Cause),
    /// The same cause twice.
    #[error("“{}” stands there twice.", .0.label())]
    Duplicate(Cause),
    /// Too few or too many days.
    #[error("Reminders wait for {} to {} days.", AFTER_DAYS.start(), AFTER_DAYS.end())]
    AfterDays,
    /// Too few or too many reminders.
    #[error("There are {} to {} reminders of one cause.", AT_MOST.start(), AT_MOST.end())]
    AtMost,
}

/// Of which causes people are reminded; of none unless an admin says so.
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
    /// What has to lie before this moment for a reminder to be due at `now`.
    pub const fn cutoff(self, now: Timestamp) -> Timestamp {
        now.plus_seconds(-(self.after_days as i64) * DAY_S)
    }
}

/// One stretch of trouble, which reminders are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Episode {
    /// As long as the invitation waits for a device.
    Invitation(InvitationId),
    /// As long as the device stays in the state that it came to at this time.
    Device(Timestamp),
}

impl Episode {
    /// The one that a row is in.
    pub fn of(row: &SlotRow) -> Self {
        match row.device {
            Some(_) => Self::Device(row.status_since),
            None => Self::Invitation(row.invitation_id),
        }
    }
}

/// The reminders that went out for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// Of what.
    pub cause: Cause,
    /// In which stretch of trouble.
    pub episode: Episode,
    /// How many.
    pub times: u8,
    /// When the latest was put into the outbox.
    pub last_at: Timestamp,
}

/// The reminder that is due for a row at `now`, with its number in `times`; `None` when none is.
pub fn due(row: &SlotRow, policy: &ReminderPolicy, now: Timestamp) -> Option<Reminded> {
    let (from, cause) = AttentionPlan::of(row).first?;
    let rule = policy.rule(cause)?;
    let before = row.reminded.filter(|reminded| reminded.cause == cause);
    let renewed_at = row.device.as_ref().and_then(|device| device.renew_requested_at);
    let since = [Some(from), before.map(|reminded| reminded.last_at), renewed_at].into_iter().flatten().max()?;
    let times = before.map_or(0, |reminded| reminded.times);
    let is_due = since <= rule.cutoff(now) && times < rule.at_most;
    is_due.then(|| Reminded { cause, episode: Episode::of(row), times: times + 1, last_at: now })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(cause: Cause, after_days: u16, at_most: u8) -> ReminderRule {
        ReminderRule { cause, after_days, at_most }
    }

    #[test]
    fn a_policy_says_what_is_wrong_with_it() {
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
