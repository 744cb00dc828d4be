//! The program as its operator meets it: command line, files, logs, mails, restarts.

mod crash;
mod mail;
pub mod program;
