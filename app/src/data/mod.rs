//! The data of pages: how it is fetched and kept current, the list URL that selects it, and the session.
//!
//! Not here: views of data. They are in `components` and `pages`.

pub mod api;
pub mod list_query;
pub mod list_url;
pub mod live_connection;
pub mod live_query;
pub mod pace;
pub mod session;

use std::{future::Future, pin::Pin};

/// An answer that is on its way.
pub type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;
