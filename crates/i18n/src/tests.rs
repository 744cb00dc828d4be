//! The catalogues agree with each other and with the code that uses them.

use crate::{Arg, Language, source};
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// What a message refers to.
#[derive(Debug, Default, PartialEq, Eq)]
struct References {
    /// Shown to the reader.
    shows: BTreeSet<String>,
    /// Selected by: plural forms, kinds of device.
    selects_by: BTreeSet<String>,
    /// Other messages.
    messages: BTreeSet<String>,
    /// Explained in the comment above, for translations that need more arguments than the English text.
    explained: BTreeSet<String>,
}

impl References {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                let InlineExpression::VariableReference { id } = selector else { panic!("selects by {selector:?}") };
                self.selects_by.insert(id.name.to_owned());
                assert!(variants.iter().any(|variant| variant.default));
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => drop(self.shows.insert(id.name.to_owned())),
            InlineExpression::MessageReference { id, .. } => drop(self.messages.insert(id.name.to_owned())),
            InlineExpression::StringLiteral { .. } => {}
            other => panic!("not supported in the catalogues: {other:?}"),
        }
    }
}

fn catalogue(language: Language) -> BTreeMap<String, References> {
    let mut messages = BTreeMap::new();
    for file in source::files(language) {
        for entry in parser::parse(file).unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}")).body {
            let Entry::Message(message) = entry else { continue };
            let mut references = References::default();
            references.pattern(&message.value.unwrap());
            let comment = message.comment.map(|comment| comment.content.join(" ")).unwrap_or_default();
            let named = comment.split('$').skip(1).filter_map(|rest| rest.split(|c: char| !c.is_alphabetic()).next());
            references.explained = named.map(str::to_owned).collect();
            let twice = messages.insert(message.id.name.to_owned(), references);
            assert!(twice.is_none(), "{language:?} has {} twice", message.id.name);
        }
    }
    messages
}

/// What a message shows and selects by, including the messages that it refers to.
fn all_of(catalogue: &BTreeMap<String, References>, key: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let references = catalogue.get(key).unwrap_or_else(|| panic!("{key} does not exist"));
    let (mut shows, mut selects_by) = (references.shows.clone(), references.selects_by.clone());
    for message in &references.messages {
        let (more_shown, more_selected) = all_of(catalogue, message);
        shows.extend(more_shown);
        selects_by.extend(more_selected);
    }
    (shows, selects_by)
}

/// Keys that exist in one language only, for its grammar.
fn is_grammar(key: &str) -> bool {
    key.starts_with("device-")
}

#[test]
fn each_language_has_every_message_and_no_others() {
    let keys =
        |language| -> BTreeSet<String> { catalogue(language).into_keys().filter(|key| !is_grammar(key)).collect() };
    for language in Language::ALL {
        assert_eq!(keys(*language), keys(Language::English), "{language:?}");
    }
}

#[test]
fn each_translation_shows_what_the_english_message_shows() {
    let english = catalogue(Language::English);
    for language in Language::ALL {
        let translated = catalogue(*language);
        for key in english.keys().filter(|key| !is_grammar(key)) {
            let (shows, selects_by) = all_of(&translated, key);
            let (expected, mut known) = all_of(&english, key);
            let numbers: BTreeSet<_> = selects_by.union(&shows).cloned().collect();
            known.extend(english[key].explained.iter().cloned());
            known.extend(expected.iter().cloned());
            assert!(expected.is_subset(&shows), "{language:?} {key} does not show {expected:?}");
            assert!(numbers.is_subset(&known), "{language:?} {key} uses {numbers:?}, but has {known:?}");
        }
    }
}

#[test]
fn every_message_is_used_and_every_used_key_exists() {
    let catalogue = catalogue(Language::English);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let templates = text_below(&root.join("crates/service/templates/mail"));
    let code = ["app/src/plain/landing", "crates/service/src/apple", "crates/service/src/mail"]
        .map(|folder| text_below(&root.join(folder)));
    let text = format!("{templates}{}", code.concat());
    let referenced: BTreeSet<_> =
        Language::ALL.iter().flat_map(|it| self::catalogue(*it)).flat_map(|it| it.1.messages).collect();
    for key in catalogue.keys() {
        // Keys that are composed at run time: "step-{}" or "{kind}-title".
        let is_composed = |(at, _): (usize, char)| {
            text.contains(&format!("\"{}{{", &key[..=at])) || text.contains(&format!("}}{}\"", &key[at..]))
        };
        let is_used = text.contains(&format!("\"{key}\""))
            || text.contains(&format!("[[{key}]]"))
            || referenced.contains(key)
            || key == "list-separator"
            || key.char_indices().filter(|(_, c)| *c == '-').any(is_composed);
        assert!(is_used, "{key} is not used");
    }
    for marker in templates.split("[[").skip(1).filter_map(|rest| rest.split_once("]]")).map(|(key, _)| key) {
        assert!(catalogue.contains_key(marker), "a template uses {marker}");
    }
}

/// The code and templates below a folder as one text.
fn text_below(folder: &Path) -> String {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let text = paths.map(|path| match path.extension().and_then(|it| it.to_str()) {
        _ if path.is_dir() => text_below(&path),
        Some("rs" | "html" | "txt") => fs::read_to_string(&path).unwrap(),
        _ => String::new(),
    });
    text.collect()
}

#[test]
fn czech_counts_one_few_and_many() {
    let missing = |count: usize| {
        Language::Czech.text_with("status-missing", &[("count", Arg::from(count)), ("names", Arg::from("…"))])
    };
    assert_eq!(missing(1), "Ještě chybí jedna věc: ….");
    for count in [2, 3, 4] {
        assert_eq!(missing(count), format!("Ještě chybí {count} věci: …."));
    }
    for count in [0, 5, 11, 21, 22, 100] {
        assert_eq!(missing(count), format!("Ještě chybí {count} věcí: …."));
    }
}

#[test]
fn only_the_first_part_of_a_tag_matters() {
    for (tag, expected) in [
        ("de-AT", Some(Language::German)),
        ("DE_de", Some(Language::German)),
        ("cs", Some(Language::Czech)),
        ("en-x-pseudo", Some(Language::English)),
        ("fr", None),
        ("deu", None),
        ("", None),
        ("<script>", None),
        ("-de", None),
    ] {
        assert_eq!(Language::of_tag(tag), expected, "{tag}");
    }
}

#[test]
fn an_unknown_key_is_shown_as_it_is() {
    assert_eq!(Language::German.text("no-such-key"), "no-such-key");
    assert_eq!(Language::German.find("no-such-key"), None);
}
