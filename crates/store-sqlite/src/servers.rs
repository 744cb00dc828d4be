//! A file belongs to one server, which leads and has nobody to talk to.

use crate::SqliteStore;
use async_trait::async_trait;
use domain::types::ids::ServerId;
use store::{
    AttemptBucket, AttemptId, AttemptPlaces, AttemptStore, ServerCard, ServerNews, ServerStore, Standing, StoreResult,
    Taking,
};
use tokio::sync::broadcast;

#[async_trait]
impl ServerStore for SqliteStore {
    fn is_shared(&self) -> bool {
        false
    }

    async fn stand(&self, _: &ServerCard) -> StoreResult<Standing> {
        Ok(Standing { leads: true, others: 0 })
    }

    async fn leave(&self, _: ServerId) -> StoreResult<()> {
        Ok(())
    }

    async fn live_servers(&self) -> StoreResult<Vec<ServerId>> {
        Ok(Vec::new())
    }

    async fn tell_servers(&self, _: &[String]) -> StoreResult<()> {
        Ok(())
    }

    fn hear_servers(&self) -> broadcast::Receiver<ServerNews> {
        // Its sender is gone: nothing will be heard.
        broadcast::channel(1).1
    }
}

#[async_trait]
impl AttemptStore for SqliteStore {
    async fn take_places(&self, _: AttemptId, _: &[AttemptBucket]) -> StoreResult<Taking> {
        Ok(Taking { places: AttemptPlaces::default(), missing: None })
    }

    async fn end_attempt(&self, _: &AttemptPlaces, _: bool) -> StoreResult<()> {
        Ok(())
    }
}
