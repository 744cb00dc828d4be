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
mod number;
#[cfg(feature = "ssr")]
mod theft;
mod time;

#[cfg(feature = "ssr")]
pub use browser::browser_name;
#[cfg(feature = "ssr")]
pub use event::event_line;
#[cfg(feature = "ssr")]
pub use facts::inventory_facts;
#[cfg(feature = "ssr")]
pub use glance::glance;
pub use number::{count, grouped};
#[cfg(feature = "ssr")]
pub use theft::{abilities, command_name, lost_mark, lost_words, notices, operations, permission_words};
pub use time::relative;
