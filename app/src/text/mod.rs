//! Texts in the reader's language: the phrases, the locale they are read in, and what turns values into text.
//!
//! Not here: views. A phrase with a view in it gets a placeholder as its argument, and `drawing` puts the view there.
//! Texts that need more than one value, such as an entry of a timeline, are made in `server::convert`.
//!
//! `text::send_again()` is the phrase `send-again` of `crates/i18n/locales/en/console`.

#[cfg(feature = "ssr")]
mod audit_event;
#[cfg(feature = "ssr")]
mod browser_name;
#[cfg(feature = "ssr")]
mod command_name;
mod label;
#[cfg(feature = "ssr")]
mod limit;
pub mod locale;
#[cfg(feature = "ssr")]
mod missing;
#[cfg(feature = "ssr")]
mod number;
mod page_title;
mod phrases;
mod placeholder;
mod refusal;
mod time;

#[cfg(feature = "ssr")]
pub use browser_name::browser_name;
#[cfg(feature = "ssr")]
pub use command_name::command_name;
pub use label::Text;
#[cfg(feature = "ssr")]
pub use limit::{limit_text, limitation_text};
#[cfg(feature = "ssr")]
pub use missing::{missing_text, permissions_text};
#[cfg(feature = "ssr")]
pub use number::bytes;
pub use page_title::page_title;
pub use phrases::*;
pub use placeholder::{FIRST_VIEW, SECOND_VIEW, is_placeholder};
pub use refusal::invite_line_error_text;
#[cfg(feature = "ssr")]
pub use refusal::{field_error_text, line_refusal_text, service_error_text};
pub use time::relative_time;
