//! iPhones and iPads: use cases of Apple's MDM protocol. What the messages look like is the business of the crate `apple`.

mod active_push;
mod authority;
mod caller;
mod challenges;
mod check_in;
mod facts;
mod profile;
mod push_certificates;
mod push_worker;
mod renewal;
mod reports;
mod requests;
mod scep;
mod topic;

pub use active_push::PushHealth;
pub(crate) use active_push::PushNews;
pub use caller::PhoneRefusal;
pub use profile::NoProfile;
pub use push_certificates::{PushOverview, PushUpload, UploadRefusal};
pub(crate) use push_worker::PushWorker;
pub use renewal::UrlChanged;
pub use scep::ScepRefusal;
