//! The site: what browsers load beside the pages.

mod bindings;
pub mod compress;
mod css;
pub mod frontend;
pub mod publish;
pub mod size;
