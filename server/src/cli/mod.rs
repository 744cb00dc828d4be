//! The command line: arguments, settings, logging, and the commands. It starts what the other rooms define; none of them
//! knows it.

pub mod args;
pub mod capacity;
pub mod commands;
pub mod copy_args;
pub mod database;
pub mod logging;
pub mod optional_address;
pub mod retention;
pub mod secret;
pub mod settings;
