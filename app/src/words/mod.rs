//! Values in words. Most words are made in the server, so that the browser does not load what makes them.

#[cfg(feature = "ssr")]
mod attention;
#[cfg(feature = "ssr")]
mod browser;
#[cfg(feature = "ssr")]
mod event;
#[cfg(feature = "ssr")]
mod facts;
#[cfg(feature = "ssr")]
mod glance;
mod label;
#[cfg(feature = "ssr")]
mod limit;
#[cfg(feature = "ssr")]
mod number;
mod refusal;
#[cfg(feature = "ssr")]
mod theft;
mod time;

#[cfg(feature = "ssr")]
pub use attention::hint_sentence;
#[cfg(feature = "ssr")]
pub use browser::browser_name;
#[cfg(feature = "ssr")]
pub use event::{command_label, event_line};
#[cfg(feature = "ssr")]
pub use facts::inventory_facts;
#[cfg(feature = "ssr")]
pub use glance::glance;
pub use label::Words;
#[cfg(feature = "ssr")]
pub use label::missing_words;
pub use refusal::line_words;
#[cfg(feature = "ssr")]
pub use refusal::{service_words, text_words};
#[cfg(feature = "ssr")]
pub use theft::{abilities, lost_mark, lost_words, notices, operations};
pub use time::relative;
