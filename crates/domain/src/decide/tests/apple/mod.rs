//! Phones under Apple's MDM protocol.

mod examples;
mod phone;
mod rows;
mod sequences;

pub(super) use rows::AppleRows;
