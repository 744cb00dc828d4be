//! The life cycles over random sequences of actions, and single rules by example.

mod answers;
mod apple;
mod commands;
mod device_fixture;
mod examples;
mod hardware;
mod invitations;
mod memory_store;
mod offers;
mod outbox;
mod pace;
mod plain;
mod reminders;
mod reports;
mod returns;
mod sequences;
