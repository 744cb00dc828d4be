//! Lists: the queries that URLs contain, and the pages that answer them.

pub mod bulk;
mod filter;
mod page;
mod query;
mod sort;

pub use crate::types::search::SEARCH_MAX;
pub use filter::{AttentionFilter, ContactFilter, InvitationFilter};
pub use page::{COUNTED_MAX, Page};
pub use query::{Cursor, InvitationQuery, PAGE_SIZES, PersonQuery, SlotQuery, page_size};
pub use sort::{InvitationSort, SlotSort};
