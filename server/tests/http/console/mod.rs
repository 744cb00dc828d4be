//! What a signed-in browser uses: sessions, server functions, the live stream, the forms of the import.

mod audit;
mod languages;
mod last_uses;
pub mod live;
mod passwords;
mod people_form;
mod server_functions;
mod sessions;
mod sign_in_limits;
