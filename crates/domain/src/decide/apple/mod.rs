//! Decisions about phones under Apple's MDM protocol.
//!
//! A phone is known by its certificate ([`Identity`](crate::apple::Identity)); that it is valid, and that the message is about
//! the phone that it was issued to, is checked before.

mod arrival;
mod identity;
mod leave;
mod push;
mod queue;
mod renewal;
mod report;
mod token;

pub use arrival::{KnownPhone, PhoneArrival, authenticate};
pub use identity::{record_misuse, record_renewed_identity};
pub use leave::{check_out, enrolled_elsewhere};
pub use push::{PUSH_PAUSE_S, PushOutcome, SentPush, record_push, request_ping};
pub use queue::{PhoneRequest, parts};
pub use renewal::{RENEW_BEFORE_S, renew_identity};
pub use report::{PhoneAnswer, PhoneFacts, PhoneReport, record_phone_report};
pub use token::{PhoneAddress, token_update};
