//! What everything on a page is drawn with: icons, QR codes, views without their type, and phrases with views in them.
//!
//! Not here: anything that knows data, or that a user can operate. That is in `components`.

pub mod erasure;
pub mod icon;
pub mod qr;
pub mod with_views;
