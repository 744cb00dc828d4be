//! The life cycles as pure functions: each takes an aggregate, a request and the time, and returns a
//! [`Change`](crate::journal::change::Change) or a [`Refusal`].

pub mod apple;
mod command;
mod draft;
mod ending;
mod enroll;
mod invite;
mod mail;
mod open;
mod pace;
mod people;
mod plain;
mod refusal;
mod renew;
mod report;
mod request;
mod wipe;

#[cfg(test)]
mod tests;

pub use command::{
    DURATION_S, MESSAGE_MAX, PHONE_MAX, cancel_command, expire_command, offer_commands, record_result, take_back_offer,
};
pub use draft::Context;
pub use ending::{ERASED_AFTER_S, Thresholds, delete_device, note_twin, record_silence, replace_same_hardware};
pub use enroll::{Enrollment, enroll};
pub use invite::{InviteOptions, deactivate, invite, invite_if_none, invite_unless_recent, resend};
pub use mail::{claim_mail, hurry_mail, record_attempt, set_mail_aside, supersede_mail};
pub use open::{accept, end_wait, open, record_credentials_shown, record_fetch};
pub use pace::{PACE_WINDOW_S, lift_pace, turn_away};
pub use people::{add_person, change_person, remind};
pub use plain::{SettledFacts, plain_report, takes_plain_reports};
pub use refusal::{InvalidRequest, Refusal, inactive_text};
pub use renew::renew_device;
pub use report::{
    record_contact, record_inventory, record_progress, record_state, record_used_secret, rotate_secret, unenroll,
};
pub use request::{request_and_offer_command, request_command};

/// A second mail for the same thing within this time counts as a double click, in seconds.
pub const RESEND_PAUSE_S: i64 = 60;
