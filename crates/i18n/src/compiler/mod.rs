//! Compiles `.ftl` files into phrasebooks, and into one function for each phrase. So the Rust compiler finds misspelled
//! keys, missing arguments and unused phrases.
//!
//! The console needs only a part of Fluent: a phrase shows its arguments, selects a plural form by one whole number, and
//! refers to other phrases. Anything else in the files is a [`Fault`].

mod functions;
mod read;
mod simplify;

use crate::{
    Language,
    phrasebook::{FORM, FORMS},
};
use read::{Messages, read_folder};
use simplify::{Phrase, simplify};
use std::{
    collections::BTreeSet,
    fmt,
    path::{Path, PathBuf},
};

/// Something wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The result of compiling the files.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Rust source code: the edition, and a function for each phrase. They call `phrase(number)` and
    /// `phrase_with(number, &args)`.
    pub functions: String,
    /// The text of each language's phrasebook.
    pub books: Vec<(Language, String)>,
    /// Missing translations. These phrases are in English.
    pub missing: Vec<Fault>,
    /// The folders that were read.
    pub folders: Vec<PathBuf>,
}

/// Compiles `<locales>/<language>/console/*.ftl`.
///
/// # Errors
/// Everything that is wrong in the files. A missing translation is not an error.
pub fn compile(locales: &Path) -> Result<Compiled, Vec<Fault>> {
    let folder = |language: Language| locales.join(language.tag()).join("console");
    let english = read_folder(&folder(Language::English))?;
    let edition = functions::edition(&english);
    let mut faults = Vec::new();
    let mut missing = Vec::new();
    let mut books = Vec::new();
    for language in Language::ALL {
        match read_folder(&folder(*language)).and_then(|own| book(*language, &own, &english, &mut missing)) {
            Ok(phrases) => books.push((*language, text(*language, &edition, &phrases))),
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let folders = Language::ALL.iter().map(|language| folder(*language)).collect();
    Ok(Compiled { functions: functions::write(&english, &edition)?, books, missing, folders })
}

/// The phrases of a language, in the order of the English ones.
fn book(
    language: Language,
    own: &Messages,
    english: &Messages,
    missing: &mut Vec<Fault>,
) -> Result<Vec<Phrase>, Vec<Fault>> {
    let tag = language.tag();
    let known: BTreeSet<_> = english.keys().collect();
    let unknown = own.keys().filter(|key| !known.contains(key));
    let mut faults: Vec<_> = unknown.map(|key| Fault(format!("{tag}: there is no phrase {key} in English"))).collect();
    let mut phrases = Vec::new();
    for message in english.all() {
        let params = message.params(english);
        let phrase = own.get(&message.key).map_or_else(
            || {
                missing.push(Fault(format!("{tag}: {} is not translated", message.key)));
                simplify(message, english, &params)
            },
            |translated| simplify(translated, own, &params),
        );
        match phrase {
            Ok(phrase) => phrases.push(phrase),
            Err(reason) => faults.push(Fault(format!("{tag}: {}: {reason}", message.key))),
        }
    }
    if faults.is_empty() { Ok(phrases) } else { Err(faults) }
}

fn text(language: Language, edition: &str, phrases: &[Phrase]) -> String {
    let lines = phrases.iter().map(|phrase| match phrase {
        Phrase::Plain(text) => format!("\n{text}"),
        Phrase::Forms { number, forms } => {
            let forms = forms.iter().map(|(letter, text)| format!("{FORM}{letter}{text}"));
            format!("\n{FORMS}{number}{}", forms.collect::<String>())
        }
    });
    format!("{} {edition}{}", language.tag(), lines.collect::<String>())
}

#[cfg(test)]
mod tests;
