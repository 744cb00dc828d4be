//! Reminders: the policy (for which causes people are reminded), and one round of the worker.

use crate::{InvalidField, Rollcall, ServiceResult, error::skip_gone, servers::Work};
use domain::{
    actor::Actor,
    audit::{AuditEvent, Origin},
    decide,
    slot::reminder::{ReminderPolicy, ReminderRule},
};

/// Rows that are loaded at once.
const BATCH: u32 = 500;

impl Rollcall {
    /// The reminder policy.
    pub async fn reminders(&self) -> ServiceResult<ReminderPolicy> {
        Ok(self.store.find_reminders().await?)
    }

    /// Replaces the reminder policy.
    ///
    /// # Errors
    /// [`InvalidField::Reminders`] when a rule is invalid.
    pub async fn set_reminders(&self, origin: &Origin, rules: Vec<ReminderRule>) -> ServiceResult<ReminderPolicy> {
        let policy = ReminderPolicy::try_from(rules).map_err(InvalidField::from)?;
        self.store.save_reminders(&policy).await?;
        tracing::info!(rules = ?policy.rules(), "Reminders were changed");
        self.note(origin, AuditEvent::SettingsChanged, "reminders").await;
        self.begin_anywhere(Work::Reminders);
        Ok(policy)
    }

    /// Runs one round of reminders: queues those that are due in the outbox, and returns how many. A worker calls it;
    /// tests call it after they moved the clock.
    pub async fn queue_due_reminders(&self) -> ServiceResult<u64> {
        let policy = self.reminders().await?;
        let mut queued = 0;
        for rule in policy.rules() {
            queued += self.queue_reminders_of(*rule, &policy).await?;
        }
        Ok(queued)
    }

    async fn queue_reminders_of(&self, rule: ReminderRule, policy: &ReminderPolicy) -> ServiceResult<u64> {
        let (mut queued, mut last) = (0, None);
        let hearing = self.hearing().await;
        loop {
            let cutoff = rule.cutoff(&hearing, self.environment.now());
            let rows = self.store.remindable_slots(rule, cutoff, last, BATCH).await?;
            let Some(latest) = rows.last().copied() else { return Ok(queued) };
            last = Some(latest);
            for row in rows {
                // `remind` checks again on a consistent state: the row may have changed since it was listed.
                let result = self
                    .decide_person(Actor::System, row.person_id, |aggregate, ids, context| {
                        let change = decide::remind(aggregate, row.slot_id, policy, &hearing, ids, context)?;
                        Ok((u64::from(!change.is_empty()), change))
                    })
                    .await;
                queued += skip_gone(result)?.unwrap_or(0);
            }
        }
    }
}
