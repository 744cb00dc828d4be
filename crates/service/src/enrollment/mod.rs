//! From an invitation to an enrolled device: invitations, their credentials, the landing page, enrollment.

mod credentials;
mod enroll;
pub mod invitations;
pub(crate) mod invite_jobs;
pub mod landing;
