//! Only in the server: what a request brings along, and results of use cases turned into what travels.
//!
//! Not here: pages that the server draws alone (`plain`), and the server functions themselves (`data::api`), which the
//! browser calls by the same names.

pub(crate) mod apple;
pub mod assets;
pub(crate) mod audit;
pub mod context;
mod convert;
pub mod cookies;
pub(crate) mod import;
pub(crate) mod notices;

pub(crate) use convert::reminders;
