//! HTTP: the router and what stands around every answer.

pub mod assets;
pub mod client_address;
pub mod csrf;
pub mod encoding;
pub mod extract;
pub mod health;
pub mod limits;
pub mod live;
pub mod pages;
pub mod router;
pub mod security;
pub mod session;
pub mod sheet;
pub mod trace;
pub mod transfer;
