//! A list: the table with its toolbar, selection and pager, and the order of its rows.

pub mod pager;
pub mod selection;
mod stable_order;
pub mod table;
pub mod toolbar;
