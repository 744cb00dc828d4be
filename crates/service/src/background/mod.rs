//! What runs without a request: sending mail, reminding, noting what time alone changes, and notifying live views.

mod mail_worker;
mod reminders;
mod sweeper;
mod workers;

pub use workers::Workers;
