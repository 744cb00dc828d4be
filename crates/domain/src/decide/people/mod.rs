//! People: their names and emails, and what they are reminded of.

mod person;
mod remind;

pub use person::{add_person, change_person};
pub use remind::remind;
