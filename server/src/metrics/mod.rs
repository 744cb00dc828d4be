//! Metrics for Prometheus: requests are counted as they are answered; everything else is read when somebody asks. They are
//! served on a listener of their own, never beside pages and devices: who may reach it may read them.
//!
//! No label comes from a client: routes are the patterns of our own, and all that has none is one of them.

mod page;
mod process;
mod requests;
mod scrape;

pub use requests::{NO_ROUTE, Requests};
pub use scrape::router;
