//! Several servers on one database: who is there, which of them leads, and what they tell each other.

use crate::StoreResult;
use async_trait::async_trait;
use domain::types::ids::ServerId;
use std::sync::Arc;
use tokio::sync::broadcast;

/// A server, as it introduces itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerCard {
    /// This start of it.
    pub id: ServerId,
    /// Computer and data folder. No two servers have the same at once: whoever was there before has ended.
    pub place: String,
    /// Version of the program.
    pub version: String,
}

/// How a server stands among those that share its database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether it does what one server at a time does. Ends after [`LEAD_S`] unless it is taken again.
    pub leads: bool,
    /// How many others are there.
    pub others: usize,
}

/// What a server hears of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerNews {
    /// What one of them told all.
    Told(Arc<str>),
    /// Some news were missed.
    Missed,
}

/// How long a server leads without saying so again, in seconds.
pub const LEAD_S: i64 = 15;
/// After how long a server is gone that does not say that it is there, in seconds.
pub const GONE_AFTER_S: i64 = 30;
/// Longest piece of news that [`ServerStore::tell_servers`] takes, in bytes.
pub const NEWS_MAX: usize = 7900;

/// The servers of a database. Where it belongs to one server alone, that one leads and nobody hears it.
#[async_trait]
pub trait ServerStore {
    /// Whether other servers may work on the database.
    fn is_shared(&self) -> bool;
    /// Says that a server is there, and takes or keeps the lead if no other server has it.
    async fn stand(&self, server: &ServerCard) -> StoreResult<Standing>;
    /// Says that a server ends: another one may lead at once.
    async fn leave(&self, id: ServerId) -> StoreResult<()>;
    /// The servers that are there.
    async fn live_servers(&self) -> StoreResult<Vec<ServerId>>;
    /// Tells all servers, this one too, each text in turn. They are lost to servers that cannot hear at present, and those know
    /// that they missed some.
    async fn tell_servers(&self, news: &[String]) -> StoreResult<()>;
    /// What is told from now on.
    fn hear_servers(&self) -> broadcast::Receiver<ServerNews>;
}
