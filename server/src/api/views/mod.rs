//! Rows, devices and pages of lists as the API shows them. The calls that return them are one folder up.

pub mod device;
pub mod page;
pub mod slot;
