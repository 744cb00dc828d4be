//! Rollcall's use cases. Each one loads an aggregate, lets `domain` decide, commits the change atomically, and
//! publishes it to subscribers. Sealing, mail, background workers and the live hub are here; storage, HTTP and views
//! are not.
//!
//! All use cases are methods of [`Rollcall`]; its `impl` blocks are in the room of their subject (`accounts`,
//! `enrollment`, `devices`, `people`, `background`, `demo`). The rooms below do not depend on it.

pub mod accounts;
pub mod android;
mod apple;
mod at_once;
mod audit;
mod background;
mod demo;
mod devices;
pub mod enrollment;
pub mod environment;
mod error;
mod heard;
pub mod import;
mod invalid;
pub mod live;
pub mod mail;
mod people;
mod register;
mod rollcall;
pub mod security;
mod servers;
pub mod settings;
mod shared_count;
pub mod spreadsheet;
mod supervision;
mod turns;
mod warned;
mod work_stats;

pub use accounts::{Browser, KnownBrowser, NewSession, SessionToken, SignedIn};
pub use apple::{
    NoProfile, PhoneRefusal, PushOverview, PushTrouble, PushUpload, ScepRefusal, UploadRefusal, UrlChanged,
};
pub use audit::AUDIT_PAGE;
pub use background::{Gauges, NotReady, Pruned, Workers};
pub use demo::SeedCounts;
pub use devices::{bulk::ItemResult, reports::StoredInventory};
pub use enrollment::invitations::Invite;
pub use error::ServiceError;
pub use invalid::{InvalidField, PASSWORD_MAX, PASSWORD_MIN};
pub use live::{Contact, LiveChange, LiveEvent, PushHealth, RowNews, RowWatch, Shown, ShownId};
pub use mail::MailPause;
pub use people::{NewPerson, UploadedFile, export::Export};
pub use rollcall::Rollcall;
pub use settings::{ApplePush, ENROLLMENTS_PER_HOUR, KNOWN_DEVICES, PARKED_POLLS, ProfileSigning, Retention, Settings};
pub use supervision::FailingWorker;
pub use work_stats::{PushStats, WorkStats};

/// The result of a use case.
pub type ServiceResult<T> = Result<T, ServiceError>;
