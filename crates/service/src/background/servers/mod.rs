//! The workers by which servers on one database know of each other.

mod duty;
mod hearing;
mod standing;
mod telling;

pub(super) use duty::on_duty;
pub(super) use hearing::hear_servers;
pub(super) use standing::run_standing;
pub(super) use telling::tell_servers;
