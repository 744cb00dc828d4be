//! The server: configuration, routes, middleware, the device protocol, the REST API, embedded assets and the command
//! line. It holds no rules and no SQL: those are in `domain` and `service`.
//!
//! [`http::router`] builds everything that answers requests from a running `service::Rollcall`; tests start it on a
//! free port.

// Rendering the console nests views deeply.
#![recursion_limit = "256"]

pub mod agent;
pub mod api;
pub mod cli;
pub mod command;
pub mod http;
mod json_body;
pub mod landing;
pub mod logging;
pub mod openapi;
pub mod problem;
pub mod settings;
pub mod shutdown;
pub mod state;
