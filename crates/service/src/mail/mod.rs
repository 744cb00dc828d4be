//! Mail: templates, rendering, and the transport. The worker that sends the outbox is in `background`.

mod content;
mod qr_png;
pub mod render;
mod route;
pub mod templates;
pub mod transport;

pub use content::MailContent;
pub use route::MailRoute;
pub use templates::MailTemplates;
