//! Rollcall's use cases. Each one loads an aggregate, has `domain` decide, commits the change as a whole, and tells those
//! who watch. Storage, sealing, mail and the live hub are here; HTTP and views are not.

pub mod accounts;
mod bulk;
mod commands;
mod credentials;
pub mod devices;
pub mod edge;
mod enroll;
mod error;
mod export;
pub mod import;
mod invalid;
mod invitations;
pub mod keys;
pub mod landing;
mod limiter;
pub mod live;
pub mod mail;
mod passwords;
pub mod people;
mod reminders;
mod rollcall;
mod seed;
mod sessions;
pub mod settings;
mod slots;
pub mod table;
mod watch;
mod workers;

pub use accounts::{Browser, SessionToken, SignedIn};
pub use bulk::Outcome;
pub use devices::InventoryReceipt;
pub use error::ServiceError;
pub use export::Export;
pub use invalid::InvalidField;
pub use invitations::{Invite, InviteResult, MAX_INVITED_AT_ONCE};
pub use live::{LiveChange, LiveEvent};
pub use passwords::{PASSWORD_MAX, PASSWORD_MIN};
pub use people::NewPerson;
pub use rollcall::Rollcall;
pub use seed::Seeded;
pub use settings::{MailRoute, Settings};
pub use workers::Workers;

/// What a use case answers.
pub type ServiceResult<T> = Result<T, ServiceError>;
