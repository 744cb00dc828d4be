//! Generates a Rust function for each phrase.

use super::{
    Fault,
    read::Messages,
    simplify::{Phrase, simplify},
};
use crate::phrasebook::PARAM;
use std::fmt::Write as _;

/// Phrase numbers have 16 bits.
const PHRASES_MAX: usize = u16::MAX as usize;

/// Identifies the set of phrases, their order and their parameters.
pub(super) fn edition(english: &Messages) -> String {
    let names = english.all().map(|message| format!("{}({})\n", message.key, message.params(english).join(",")));
    format!("{:016x}", fnv(names.collect::<String>().as_bytes()))
}

/// FNV-1a, 64 bits.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The source code of the functions.
pub(super) fn write(english: &Messages, edition: &str) -> Result<String, Vec<Fault>> {
    let mut code =
        format!("/// Identifies the phrases that these functions belong to.\npub const EDITION: &str = {edition:?};\n");
    for (number, message) in english.all().enumerate() {
        let params = message.params(english);
        let fault = |reason: String| vec![Fault(format!("{}: {reason}", message.key))];
        if number > PHRASES_MAX {
            return Err(fault("there are too many phrases".to_owned()));
        }
        let phrase = simplify(message, english, &params).map_err(fault)?;
        let name = message.key.replace('-', "_").to_lowercase();
        let params: Vec<_> = params.iter().map(|param| param.replace('-', "_").to_lowercase()).collect();
        let written = match params.as_slice() {
            [] => writeln!(
                code,
                "/// `{}`\npub fn {name}() -> &'static str {{ phrase({number}) }}",
                shown(&phrase, &params)
            ),
            params => writeln!(
                code,
                "/// `{}`\npub fn {name}<'a>({}) -> String {{ phrase_with({number}, &[{}]) }}",
                shown(&phrase, params),
                params.iter().map(|param| format!("{param}: impl Into<Arg<'a>>")).collect::<Vec<_>>().join(", "),
                params.iter().map(|param| format!("{param}.into()")).collect::<Vec<_>>().join(", "),
            ),
        };
        // Writing into a String cannot fail.
        let _ = written;
    }
    Ok(code)
}

/// The English text for the function's documentation; of several plural forms the last.
fn shown(phrase: &Phrase, params: &[String]) -> String {
    let mut text = match phrase {
        Phrase::Plain(text) => text.clone(),
        Phrase::Forms { forms, .. } => forms.last().map(|(_, text)| text.clone()).unwrap_or_default(),
    };
    for (place, param) in params.iter().enumerate() {
        text = text.replace(&format!("{PARAM}{place}"), &format!("{{{param}}}"));
    }
    text.replace('`', "'")
}
