//! From an invitation to an enrolled device: invitations, their credentials, the landing page, enrollment.

mod credentials;
mod enroll;
pub(crate) mod invitations;
pub mod landing;
