//! From the port to the routes: accepts connections, gives each its place and its bounds, and ends them. Nothing here
//! knows a route; what a request may do is up to `middleware` and the handlers.
//!
//! Written on `hyper-util` rather than `axum::serve`, because bounds differ by who is connecting: a proxy that the
//! operator trusts carries many people, everyone else carries one.

mod accept;
pub mod bounds;
mod connection;
mod first_bytes;
mod places;
pub mod proxies;

pub use accept::{Listening, serve};
