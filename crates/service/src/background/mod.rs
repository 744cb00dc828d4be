//! Background workers: the mail worker, jobs that invite people, imports, reminders, the sweeper, what removes old rows, what
//! notes that the server is there, what servers on one database know of each other, and the publisher of journal entries.

mod gauges;
mod hearing;
mod import_worker;
mod invite_worker;
mod mail_worker;
mod readiness;
mod reminders;
mod retention;
mod servers;
mod sweeper;
mod workers;

pub use gauges::Gauges;
pub use readiness::NotReady;
pub use retention::Pruned;
pub use workers::Workers;
