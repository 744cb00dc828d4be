//! The pages of the console, each in its own module.
//!
//! Not here: pages in front of the console and the landing page, which need no code in the browser (`plain`).

pub mod device;
pub mod devices;
pub mod invitations;
pub mod not_found;
pub mod people;
pub mod settings;
