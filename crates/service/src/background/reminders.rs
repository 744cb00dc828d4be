//! Reminders: which causes people are reminded of, and the worker's round.

use crate::{InvalidField, Rollcall, ServiceResult, background::sweeper::skip_gone};
use domain::{
    actor::Actor,
    decide,
    slot::reminder::{ReminderPolicy, ReminderRule},
};

/// Rows that are looked at in one go.
const BATCH: u32 = 500;

impl Rollcall {
    /// Of which causes people are reminded.
    pub async fn reminders(&self) -> ServiceResult<ReminderPolicy> {
        Ok(self.store.find_reminders().await?)
    }

    /// Says of which causes people are reminded from now on.
    ///
    /// # Errors
    /// [`InvalidField::Reminders`] when a rule is not acceptable.
    pub async fn set_reminders(&self, actor: &Actor, rules: Vec<ReminderRule>) -> ServiceResult<ReminderPolicy> {
        let policy = ReminderPolicy::try_from(rules).map_err(InvalidField::from)?;
        self.store.save_reminders(&policy).await?;
        tracing::info!(?actor, rules = ?policy.rules(), "Reminders were changed");
        self.hub.reminders.notify_one();
        Ok(policy)
    }

    /// One round of reminders: puts those that are due into the outbox, and tells how many. The workers call it; tests
    /// call it after they moved the clock.
    pub async fn remind_once(&self) -> ServiceResult<u64> {
        let policy = self.reminders().await?;
        let mut reminded = 0;
        for rule in policy.rules() {
            reminded += self.remind_of(*rule, &policy).await?;
        }
        Ok(reminded)
    }

    async fn remind_of(&self, rule: ReminderRule, policy: &ReminderPolicy) -> ServiceResult<u64> {
        let (mut reminded, mut last) = (0, None);
        loop {
            let rows = self.store.remindable_slots(rule, self.environment.now(), last, BATCH).await?;
            let Some(latest) = rows.last().copied() else { return Ok(reminded) };
            last = Some(latest);
            for row in rows {
                let decided = self
                    .decide_person(Actor::System, row.person_id, |aggregate, ids, context| {
                        let change = decide::remind(aggregate, row.slot_id, policy, ids, context)?;
                        Ok((u64::from(!change.is_empty()), change))
                    })
                    .await;
                reminded += skip_gone(decided)?.unwrap_or(0);
            }
        }
    }
}
