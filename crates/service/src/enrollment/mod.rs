//! From an invitation to an enrolled device: invitations, their credentials, the landing page, enrollment.

mod credential_check;
mod credentials;
mod enroll;
pub mod invitations;
pub(crate) mod invite_jobs;
mod key_check;
pub mod landing;
