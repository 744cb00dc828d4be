//! What is around the pages: the HTML document, its start in the browser, the routes, navigation and banners, and the
//! command palette and what Back does.
//!
//! Nothing else in this crate uses this room.

mod announcer;
#[cfg(feature = "ssr")]
mod back;
mod console;
mod palette;
mod root;
#[cfg(feature = "ssr")]
mod scripts;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod start;

pub use root::App;
#[cfg(feature = "ssr")]
pub use scripts::{LIVE, script_at};
#[cfg(feature = "ssr")]
pub use shell::{JournalHead, shell};
