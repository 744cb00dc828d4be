//! iPhones and iPads: use cases of Apple's MDM protocol. What the messages look like is the business of the crate `apple`.

mod authority;
mod caller;
mod challenges;
mod check_in;
mod facts;
mod profile;
mod reports;
mod requests;
mod scep;
mod topic;

pub use caller::PhoneRefusal;
pub use profile::NoProfile;
pub use scep::ScepRefusal;
