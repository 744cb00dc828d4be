//! Background workers: the mail worker, reminders, the sweeper, what notes that the server is there, and the publisher of journal entries.

mod hearing;
mod mail_worker;
mod readiness;
mod reminders;
mod sweeper;
mod workers;

pub use readiness::NotReady;
pub use workers::Workers;
