//! Starting the console in the browser: the script that loads it, limits the time of its requests, and draws it anew when
//! something has changed the page under it.

/// Where the script is served.
pub const PATH: &str = "/start.js";
/// The script.
pub const SCRIPT: &str = include_str!("start.js");
