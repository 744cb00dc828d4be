//! The pages of the console, each in its own module.

pub mod device;
pub mod devices;
pub mod invitations;
pub mod not_found;
pub mod people;
pub mod settings;
#[cfg(feature = "ssr")]
pub mod setup;
#[cfg(feature = "ssr")]
pub mod sign_in;
