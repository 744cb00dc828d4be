//! Values in words.

mod event;
mod number;
mod time;

pub use event::{command_label, event_words};
pub use number::{bytes, count, decimal};
pub use time::relative;
