//! What Back does beyond showing the page before: it closes an open dialog, and leads back to the place in a list where
//! its user was.
//!
//! A script: it has to listen before the router does, and needs nothing of the console.

/// Where the script is served.
pub const PATH: &str = "/back.js";
/// The script.
pub const SCRIPT: &str = include_str!("back.js");
