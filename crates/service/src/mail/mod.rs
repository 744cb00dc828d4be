//! Mail: templates, rendering, and handing messages over. The outbox and its worker are in `background`.

mod built_in;
mod qr_png;
pub mod render;
mod route;
pub mod templates;
pub mod transport;

pub use route::MailRoute;
pub use templates::MailTemplates;
