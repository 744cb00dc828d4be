//! What pushes are sent on, and who waits for it.

use crate::{Rollcall, ServiceResult};
use domain::{
    actor::Actor,
    decide,
    list::{AttentionFilter, SlotQuery},
    slot::{SlotRow, attention::Cause},
};

/// Rows that are read at once.
const PAGE: u32 = 100;

impl Rollcall {
    /// The topic of the active push certificate; `None` while there is none, and no phone can enroll.
    pub async fn apple_topic(&self) -> ServiceResult<Option<String>> {
        Ok(self.store.find_apple_topic().await?)
    }

    /// Whether iPhones and iPads can be enrolled.
    pub(crate) async fn has_push_certificate(&self) -> ServiceResult<bool> {
        Ok(self.apple_topic().await?.is_some())
    }

    /// Ends the wait of everyone who chose an iPhone or iPad before there was a push certificate. What cannot be changed is
    /// left: opening the page again ends that wait, too.
    pub(super) async fn end_waits(&self) -> ServiceResult<()> {
        let waiting = SlotQuery {
            attention: Some(AttentionFilter::Cause(Cause::PushCertificate)),
            size: Some(PAGE),
            ..SlotQuery::default()
        };
        loop {
            // The first page each time: whoever does not wait any more is not on it.
            let rows = self.store.list_slots(&waiting, self.environment.now()).await?.rows;
            let mut ended = 0;
            for row in &rows {
                ended += usize::from(self.end_wait(row).await);
            }
            if ended == 0 {
                return Ok(());
            }
        }
    }

    async fn end_wait(&self, row: &SlotRow) -> bool {
        let ended = self.decide_person(Actor::System, row.person_id, |aggregate, _, context| {
            Ok(((), decide::end_wait(aggregate, row.invitation_id, context)?))
        });
        let ended = ended.await;
        if let Err(error) = &ended {
            tracing::warn!(invitation = %row.invitation_id, %error, "An invitation still says that it waits for a push certificate");
        }
        ended.is_ok()
    }
}
