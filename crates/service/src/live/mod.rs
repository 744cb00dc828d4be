//! Publishing changes: events for live views, wake signals for parked polls and workers.

mod contacts;
mod event;
mod hub;
mod wake;

pub use event::{LiveChange, LiveEvent};

pub(crate) use contacts::Contacts;
pub(crate) use hub::Hub;
