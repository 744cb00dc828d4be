//! Publishing changes: events for live views, wake signals for parked polls and workers.

mod contacts;
mod event;
mod hints;
mod hub;
mod push_health;
mod reach;
mod report;
mod rows;
mod shown;
mod unheard;
mod wake;

pub use event::{Contact, LiveChange, LiveEvent};
pub use reach::Reach;
pub use rows::{RowNews, RowWatch};
pub use shown::{Shown, ShownId};

pub(crate) use contacts::Contacts;
pub(crate) use hub::Hub;
pub use push_health::PushHealth;
pub(crate) use push_health::PushNews;
pub(crate) use report::{measured_event, quiet_event, says_more};
pub(crate) use wake::{Handover, PollPlace};
