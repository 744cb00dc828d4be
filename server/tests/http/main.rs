//! The server as its clients meet it: through HTTP, on a free port of loopback, with a database of its own. One binary
//! for all subjects, because linking is what takes the time.

#![cfg(test)]

mod agent;
mod android;
mod api;
mod apple;
mod bodies;
mod cli;
mod console;
mod documents;
mod harness;
mod landing;
mod listener;
mod mail;
mod metrics;
mod request_ids;
mod retention;
mod schema;
mod urls;
