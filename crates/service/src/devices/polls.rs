//! The poll for commands. An empty one writes nothing: devices poll all the time.

use crate::{Rollcall, ServiceError, ServiceResult, live::PollPlace};
use domain::{actor::Actor, decide, device::DeviceState, protocol::CommandOffer, types::ids::DeviceId};
use std::time::Duration;

impl Rollcall {
    /// A poll for commands: returns at once when some are waiting, else as soon as one is requested, or with none
    /// after `wait`, or when newer polls of the device need the place.
    ///
    /// # Errors
    /// The device is unenrolled or was deleted; too many polls are waiting.
    pub async fn poll_commands(&self, id: DeviceId, wait: Duration) -> ServiceResult<Vec<CommandOffer>> {
        if wait.is_zero() {
            self.note_contact(id).await?;
            return self.offer_if_any(id).await;
        }
        // From here on a command that is requested wakes this poll, so that none is missed between reading and waiting.
        let mut place = self.hub.polls.enter(id);
        let found = self.wait_for_offers(id, wait, &mut place).await;
        // Offers that were handed over are leased already. They are answered whatever came of the search for more.
        match place.leave() {
            handed if handed.is_empty() => found,
            handed => Ok(found.unwrap_or_default().into_iter().chain(handed).collect()),
        }
    }

    async fn wait_for_offers(
        &self,
        id: DeviceId,
        wait: Duration,
        place: &mut PollPlace<'_>,
    ) -> ServiceResult<Vec<CommandOffer>> {
        self.note_contact(id).await?;
        let deadline = tokio::time::sleep(wait);
        tokio::pin!(deadline);
        loop {
            let offers = self.offer_if_any(id).await?;
            if !offers.is_empty() || place.is_over() {
                return Ok(offers);
            }
            if !place.count(self.settings.max_parked_polls) {
                return Err(ServiceError::Unavailable);
            }
            tokio::select! {
                // Commands are for the newer poll, whose answer the device waits for.
                () = place.woken() => if place.is_over() { return Ok(Vec::new()) },
                // One last look: the lease of a command may have ended.
                () = &mut deadline => return self.offer_if_any(id).await,
            }
        }
    }

    /// The commands that may be offered now. While there is none, neither memory nor the store is asked twice.
    async fn offer_if_any(&self, id: DeviceId) -> ServiceResult<Vec<CommandOffer>> {
        if !self.known_caller(id).await?.has_offer(self.environment.now()) {
            return Ok(Vec::new());
        }
        // Boxed: a poll that waits keeps no room for it.
        Box::pin(self.offer_waiting(id)).await
    }

    /// Notes that a device is in contact. Only what this changes is written at once: a device that was silent is back.
    async fn note_contact(&self, id: DeviceId) -> ServiceResult<()> {
        let known = self.known_caller(id).await?;
        if known.state == DeviceState::NotSynchronizing || !known.state.is_in_use() {
            return Box::pin(self.decide_device(Actor::Device, id, |aggregate, _, context| {
                Ok(((), decide::record_contact(aggregate, id, context)?))
            }))
            .await;
        }
        self.note_contact_of(id, &known);
        Ok(())
    }
}
