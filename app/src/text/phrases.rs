//! A function for each phrase of `crates/i18n/locales/en/console`, of the same name: `send-again` is
//! `text::send_again()`. Each returns the phrase in the reader's language. Made by `build.rs`.

#![cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "some phrases are shown by the server only"))]

use super::locale::{phrase, phrase_with};
use i18n::Arg;

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));
