//! Background workers: the mail worker, reminders, the sweeper, and the publisher of journal entries.

mod mail_worker;
mod readiness;
mod reminders;
mod sweeper;
mod workers;

pub use readiness::NotReady;
pub use workers::Workers;
