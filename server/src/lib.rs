//! The server: routes, middleware, the device protocol, the REST API, the console's HTTP side, embedded files and the
//! command line. It holds no rules and no SQL: those are in `domain` and `service`.
//!
//! From the top down: [`cli`] starts the program; [`router`] joins the routes of [`agent`], [`api`], [`console`] and
//! [`landing`]; those stand on [`middleware`] and [`http`], and [`listener`] brings them their requests.
//! [`metrics`] shows how it goes, on a listener of its own. Arrows point down
//! only. Tests build the router from a running `service::Rollcall` and serve it on a free port.

// Rendering the console nests views deeply.
#![recursion_limit = "256"]

pub mod agent;
pub mod api;
mod apple;
pub mod cli;
pub mod console;
pub mod http;
pub mod landing;
pub mod listener;
pub mod metrics;
pub mod middleware;
pub mod openapi;
pub mod router;
pub mod shutdown;
pub mod state;
