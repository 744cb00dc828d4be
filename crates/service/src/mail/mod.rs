//! Mail: templates, rendering, the conversation with the mail server, and the pace of the outbox. The worker that sends
//! the outbox is in `background`.

mod content;
mod notice;
mod outbox;
mod pace;
mod qr_png;
pub mod render;
mod route;
mod smtp;
pub mod templates;
pub(crate) mod transport;

pub use content::MailContent;
pub use outbox::MailPause;
pub use route::MailRoute;
pub use smtp::{SmtpRoute, SmtpUrlError, StepLimits};
pub use templates::MailTemplates;

pub(crate) use notice::Notice;
pub(crate) use outbox::Outbox;
pub(crate) use pace::{Pace, Ruling};
pub(crate) use smtp::{Trouble, Verdict};
