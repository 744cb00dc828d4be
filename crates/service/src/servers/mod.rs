//! Several servers on one database: this server among them, and what they tell each other beside the journal.
//!
//! What has to be right rests on versions and on the journal. What is told here spares memory from being out of date: a device
//! that changed without an entry, rows that somebody shows, wrong attempts, work that waits. Some of it may be lost.

mod news;
mod this_server;

pub(crate) use news::{LimitKind, News, Told, Work};
pub(crate) use this_server::Servers;
