//! The parts that pages are made of, each used by more than one page.
//!
//! Not here: dialogs, and what knows a single page.

pub mod announcer;
pub mod badge;
pub mod controls;
pub mod keyed;
pub mod last_contact;
pub mod list;
pub mod live_indicator;
pub mod live_query_view;
pub mod notices;
pub mod states;
pub mod time;
pub mod when_loaded;
