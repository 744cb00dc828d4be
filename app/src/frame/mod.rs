//! What is around the pages: the HTML document, the routes, navigation and banners, and the command palette.
//!
//! Nothing else in this crate uses this room.

mod announcer;
mod console;
pub mod palette;
mod root;
#[cfg(feature = "ssr")]
mod shell;

pub use root::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
