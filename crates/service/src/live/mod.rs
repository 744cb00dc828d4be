//! What changed, sent to everyone who waits for it: live views, waiting polls, the mail worker.

mod event;
mod hub;
mod wake;

pub use event::{LiveChange, LiveEvent};

pub(crate) use hub::Hub;
