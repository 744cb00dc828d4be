//! The parts that answers are made of: extractors, JSON bodies, problems, tables, embedded files, health. Nothing here
//! knows a route or who is calling.

pub mod android;
pub mod assets;
pub mod body;
pub mod error_responses;
pub mod extract;
pub mod health;
pub mod json_body;
mod objects_only;
pub mod problem;
pub mod table;
mod unchanged;
