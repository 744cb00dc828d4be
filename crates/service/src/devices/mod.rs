//! Enrolled devices: their reports, their commands, and the rows of the Mobile devices view.

pub(crate) mod bulk;
mod calls;
mod commands;
mod contacts;
mod hardware;
mod polls;
pub(crate) mod reports;
mod slots;
