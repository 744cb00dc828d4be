//! Pages that the server draws alone, and for which the browser loads no code of the console: the landing page,
//! sign-in, the first account, and passwords. They work without JavaScript.
//!
//! The page of an import and the audit log are drawn by the server too, but as a part of a console page: see
//! `server::import` and `server::audit`.

mod gate;
pub mod landing;
pub mod password;
pub mod setup;
pub mod sign_in;
