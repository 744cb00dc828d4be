//! Enrolled devices: what they report, the commands they are given, and the rows of the Mobile devices view.

pub(crate) mod bulk;
mod commands;
pub(crate) mod reports;
mod slots;
