//! Lists: pages of rows that are filtered, searched and sorted, read by keyset pagination. A page of few matching rows is
//! collected and sorted, a page of many is read along an index; see [`plan`].

pub mod by_id;
pub mod count;
pub mod invitations;
pub mod keyset;
pub mod people;
pub mod person_search;
pub mod plan;
pub mod rows;
pub mod slots;
pub mod statement;

pub use statement::limit_value;
