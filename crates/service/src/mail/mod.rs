//! Mail: rendering, handing over, and the worker of the outbox.

mod built_in;
mod qr_png;
pub mod render;
pub mod templates;
pub mod transport;
pub(crate) mod worker;

pub use templates::MailTemplates;
