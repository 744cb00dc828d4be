//! Phones under Apple's MDM protocol.

mod examples;
mod fixture;
mod phone;
mod pushes;
mod renewal;
mod rows;
mod sequences;

pub(super) use rows::AppleRows;
