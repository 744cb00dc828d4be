//! The REST API for scripts.

mod audit;
mod bulk;
mod correction;
mod damaged;
mod export;
mod invite_jobs;
mod letters;
mod lists;
mod people_file;
mod reminders;
pub mod rest;
