//! Slots: how they are written, and the pages of the Mobile devices view.
//!
//! Which way a page is read is not left to the planner, whose guesses multiply frequencies: for a text and a platform that
//! exclude each other it expects thousands of rows and reads the whole table to find none. Rows are counted first, up to a
//! bound. Few are collected by the indexes and sorted; many are met soon by a walk along the order of the list.

mod page;
mod write;

pub(crate) use page::{matching, page};
pub(crate) use write::{recompute, write};
