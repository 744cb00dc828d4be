//! The two files that landing pages load, and their URLs.

use crate::server::assets::versioned;
use std::sync::LazyLock;

/// The style sheet of the landing pages, served at `/landing.css`.
pub const fn stylesheet() -> &'static str {
    include_str!("landing.css")
}

/// The script of the landing pages, served at `/landing.js`. The pages work without it.
pub const fn script() -> &'static str {
    include_str!("landing.js")
}

/// URL of the style sheet, with a hash of its content.
pub(super) fn stylesheet_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| versioned("/landing.css", stylesheet()));
    &PATH
}

/// URL of the script, with a hash of its content.
pub(super) fn script_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| versioned("/landing.js", script()));
    &PATH
}
