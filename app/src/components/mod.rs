//! The parts that pages are made of.

pub mod announcer;
pub mod badge;
pub mod copy;
pub mod field;
pub mod held;
pub mod icon;
pub mod keyed;
pub mod list;
pub mod menu;
pub mod modal;
pub mod notices;
pub mod pager;
pub mod qr;
pub mod selection;
pub mod states;
pub mod table;
pub mod time;
pub mod toolbar;
