//! Talking to a mail server: its URL, the conversation step by step, and what a refusal says about whom.

mod conversation;
mod route;
mod trouble;
mod verdict;

pub use route::{SmtpRoute, SmtpUrlError, StepLimits};

pub(crate) use conversation::SmtpClient;
pub(crate) use trouble::Trouble;
pub(crate) use verdict::Verdict;
