//! What Rollcall is about, and nothing else: the life cycles of invitations, slots, devices and commands as pure
//! decisions, the types that the browser, the server and the agent share, and the formats of credentials.
//!
//! No I/O, no clock, no randomness: the time comes in as [`Timestamp`], fresh identifiers as [`types::ids::IdGenerator`], fresh
//! credentials as values. Every change has one shape: load an [`aggregate`], call a function of [`decide`], commit the
//! [`journal::change::Change`] it returns.

pub mod actor;
pub mod aggregate;
pub mod decide;
pub mod device;
pub mod invitation;
pub mod journal;
pub mod list;
pub mod mail;
pub mod person;
pub mod protocol;
pub mod slot;
pub mod types;
pub mod views;

pub use types::timestamp::Timestamp;
