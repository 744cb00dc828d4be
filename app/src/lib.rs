//! The console: its pages, components and server functions, for the server that renders them and for the browser that
//! brings them to life; and the landing page, which the server draws alone.
//!
//! The rooms, from the lowest floor up. A room uses those above it in this list, never those below:
//!
//! | room | what is in it |
//! | --- | --- |
//! | `text` | phrases, the locale, values as text |
//! | `browser` | what only a browser has |
//! | `drawing` | icons, QR codes, view erasure |
//! | `wire` | what travels between the page and the server |
//! | `server` | only in the server: request context, results of use cases as views |
//! | `data` | server functions, live connection, live queries, list URL, session |
//! | `components` | parts of pages |
//! | `dialogs` | dialogs and the actions they run |
//! | `pages` | pages of the console |
//! | `plain` | only in the server: pages without code in the browser |
//! | `frame` | document, routes, navigation, command palette |
#![recursion_limit = "256"]

mod browser;
mod components;
mod data;
mod dialogs;
mod drawing;
pub mod frame;
mod pages;
#[cfg(feature = "ssr")]
pub mod plain;
#[cfg(feature = "ssr")]
pub mod server;
mod text;
mod wire;

#[cfg(feature = "ssr")]
pub use crate::{
    data::list_query::{FromParams, query_of},
    server::import::left_out_table,
};
pub use crate::{frame::App, text::locale};
