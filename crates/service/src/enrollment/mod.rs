//! From an invitation to an enrolled device: inviting, credentials, the landing page, enrolling.

mod credentials;
mod enroll;
pub(crate) mod invitations;
pub mod landing;
