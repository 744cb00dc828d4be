//! Lists: pages of rows that are filtered, searched and sorted, read by keyset pagination. A page of few matching rows is
//! collected and sorted, a page of many is read along an index; see [`plan`].

pub(crate) mod by_id;
mod count;
pub(crate) mod invitations;
mod keyset;
pub(crate) mod people;
mod person_search;
mod plan;
pub(crate) mod rows;
pub(crate) mod slots;
mod statement;
