//! The tasks that make and start programs.

pub mod build;
pub mod demo;
pub mod dist;
pub mod earlier;
pub mod mutants;
pub mod run;
pub mod test;
