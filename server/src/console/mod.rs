//! What a browser that signs in uses: pages and server functions, the live stream, the forms of the import, exports. What
//! pages look like is in the crate `app`; `middleware::session` finds out who is signed in.

pub mod apple_forms;
pub mod exports;
pub mod import_forms;
pub mod live_stream;
pub mod page_policy;
mod page_trouble;
pub mod pages;
pub mod sign_in;
