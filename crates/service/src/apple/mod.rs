//! iPhones and iPads: use cases of Apple's MDM protocol. What the messages look like is the business of the crate `apple`.

mod caller;
mod check_in;
mod facts;
mod reports;
mod requests;

pub use caller::PhoneRefusal;
