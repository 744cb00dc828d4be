//! What the console says, in the language of whoever reads it: a function for each phrase of
//! `crates/i18n/locales/en/console`, of the same name (`send-again` is `text::send_again`). Made by `build.rs`.

#![cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "some things are said by the server only"))]

use crate::text::locale::{phrase, phrase_with};
use i18n::Arg;

include!(concat!(env!("OUT_DIR"), "/say.rs"));
