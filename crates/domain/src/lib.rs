//! What Rollcall is about, and nothing else: the life cycles of invitations, slots, devices and commands as pure
//! decisions, the types that the browser, the server and the agent share, and the formats of credentials.
//!
//! No I/O, no clock, no randomness: the time comes in as [`Timestamp`], fresh identifiers as [`ids::NewIds`], fresh
//! credentials as values. Every change has one shape: load an [`aggregate`], call a function of [`decide`], commit the
//! [`change::Change`] it returns.

pub mod aggregate;
pub mod attention;
pub mod bulk;
pub mod capabilities;
pub mod change;
pub mod command;
pub mod credentials;
pub mod decide;
pub mod device;
pub mod ids;
pub mod invitation;
pub mod invite_lines;
pub mod journal;
pub mod limit;
pub mod list;
pub mod lost;
pub mod mail;
pub mod person;
pub mod protocol;
pub mod reminder;
pub mod replay;
pub mod search;
pub mod slot;
pub mod text;
pub mod text_enum;
pub mod timestamp;
pub mod views;

pub use timestamp::Timestamp;
