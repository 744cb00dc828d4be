//! The domain of Rollcall: the life cycles of invitations, slots, devices and commands as pure functions, the types
//! that browser, server and agent share, and the formats of credentials.
//!
//! No I/O, no clock, no randomness: the caller passes the time as [`Timestamp`], a source of identifiers as
//! [`types::ids::IdGenerator`], and fresh credentials as values. Every change takes the same three steps: load an
//! [`aggregate`], call a function of [`decide`], commit the [`journal::change::Change`] it returns.

pub mod actor;
pub mod aggregate;
pub mod apple;
pub mod audit;
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
