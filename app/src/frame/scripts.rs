//! The scripts of the console that are no WebAssembly: each is small, and does what has to work before the console does,
//! or without it. Only in the server.

use super::{back, palette, start};
use crate::{data::live_connection, server::assets::versioned};
use std::sync::LazyLock;

/// A script.
pub struct Script {
    /// Its path, without the hash of its content.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
    /// Its address, with a hash of its content.
    pub url: LazyLock<String>,
}

/// The command palette.
pub static PALETTE: Script = script(palette::PATH, palette::SCRIPT, || versioned(palette::PATH, palette::SCRIPT));
/// Back and the place in a list.
pub static BACK: Script = script(back::PATH, back::SCRIPT, || versioned(back::PATH, back::SCRIPT));
/// The connection to the event stream: in pages, and as a shared worker.
pub static LIVE: Script = script(live_connection::PATH, live_connection::SCRIPT, || {
    versioned(live_connection::PATH, live_connection::SCRIPT)
});
/// Starts the console.
pub static START: Script = script(start::PATH, start::SCRIPT, || versioned(start::PATH, start::SCRIPT));

/// The script at a path.
pub fn script_at(path: &str) -> Option<&'static Script> {
    [&PALETTE, &BACK, &LIVE, &START].into_iter().find(|script| script.path == path)
}

const fn script(path: &'static str, text: &'static str, url: fn() -> String) -> Script {
    Script { path, text, url: LazyLock::new(url) }
}
