//! Mail: rendering, handing over, and the worker of the outbox.

mod qr_png;
pub mod render;
pub mod transport;
pub(crate) mod worker;
