//! The server as its clients meet it: through HTTP, on a free port of loopback, with a database of its own. One binary
//! for all subjects, because linking is what takes the time.

#![cfg(test)]

mod bodies;
mod bulk;
mod commands;
mod crash;
mod documents;
mod enroll;
mod export;
mod harness;
mod landing;
mod languages;
mod lists;
mod live;
mod mail;
mod people_file;
mod people_form;
mod program;
mod reminders;
mod reports;
mod rest;
mod schema;
mod server_functions;
mod sessions;
mod theft;
mod urls;
