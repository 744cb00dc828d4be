//! The life cycles over random sequences of actions, and single rules by example.

mod commands;
mod examples;
mod field;
mod reminders;
mod sequences;
mod world;
