//! The program as its operator meets it: command line, files, logs, mails, restarts.

mod copy;
mod crash;
mod faults;
mod invite_job;
mod key;
mod load;
mod mail;
mod observing;
mod outages;
mod postgres;
pub mod program;
mod push_certificate;
