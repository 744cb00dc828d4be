//! iPhones and iPads: use cases of Apple's MDM protocol. What the messages look like is the business of the crate `apple`.

mod authority;
mod caller;
mod challenges;
mod check_in;
mod facts;
mod profile;
mod push;
mod renewal;
mod reports;
mod requests;
mod scep;
mod signed_profile;
mod topic;

pub use caller::PhoneRefusal;
pub use profile::NoProfile;
pub(crate) use push::PushWorker;
pub use push::{PushOverview, PushTrouble, PushUpload, UploadRefusal};
pub use renewal::UrlChanged;
pub use scep::ScepRefusal;
