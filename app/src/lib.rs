//! The console: its pages, components and server functions, for the server that renders them and for the browser that
//! brings them to life; and the landing page, which the server renders alone.
#![recursion_limit = "256"]

mod actions;
mod api;
mod around;
mod awaited;
mod browser;
mod components;
mod console;
#[cfg(feature = "ssr")]
mod convert;
mod dialogs;
mod erase;
pub mod error;
#[cfg(feature = "ssr")]
mod import;
#[cfg(feature = "ssr")]
pub mod landing;
mod live;
mod loaded;
mod pages;
pub mod palette;
mod qr;
mod queries;
mod root;
mod say;
#[cfg(feature = "ssr")]
pub mod server_context;
mod session;
#[cfg(feature = "ssr")]
mod shell;
pub mod speaking;
mod views;
mod words;

#[cfg(feature = "ssr")]
pub use import::left_out_table;
#[cfg(feature = "ssr")]
pub use queries::{FromParams, query_of};
pub use root::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
