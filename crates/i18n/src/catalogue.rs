//! Texts by key, read by Fluent.

use crate::{Arg, Language, source};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

impl Language {
    /// The text of a message without arguments. The text of an unknown key is the key itself; a test finds unknown keys.
    pub fn text(self, key: &str) -> String {
        self.text_with(key, &[])
    }

    /// The text of a message with arguments, by name.
    pub fn text_with(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.find_with(key, args).unwrap_or_else(|| key.to_owned())
    }

    /// The text of a message, if there is one with this key: for keys that are not written in code.
    pub fn find(self, key: &str) -> Option<String> {
        self.find_with(key, &[])
    }

    /// Joins texts into one list.
    pub fn list(self, texts: &[String]) -> String {
        // The separator is not a text of its own, so it gets no brackets in the pseudo language.
        let language = if self == Self::Pseudo { Self::English } else { self };
        texts.join(&language.text("list-separator"))
    }

    fn find_with(self, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let args = args.iter().map(|(name, arg)| (*name, value(*arg))).collect::<FluentArgs<'_>>();
        let translated = format(self.bundle(), key, &args);
        // A message without a translation is shown in English.
        let text = translated.or_else(|| format(Self::English.bundle(), key, &args))?;
        Some(if self == Self::Pseudo { format!("⟦{text}⟧") } else { text })
    }

    fn bundle(self) -> &'static Bundle {
        static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::English));
        static GERMAN: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::German));
        static CZECH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Czech));
        match self {
            Self::English | Self::Pseudo => &ENGLISH,
            Self::German => &GERMAN,
            Self::Czech => &CZECH,
        }
    }
}

fn value(arg: Arg<'_>) -> FluentValue<'_> {
    match arg {
        Arg::Text(text) => FluentValue::from(text),
        Arg::Number(number) => FluentValue::from(number),
    }
}

fn format(bundle: &Bundle, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    // Fluent shows a missing argument as its name. Tests render every message and look for such names.
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(args), &mut errors).into_owned())
}

/// The catalogue of a language. Skips what it cannot read in the files; tests find that.
fn bundle(language: Language) -> Bundle {
    let plural_rules: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![plural_rules]);
    // HTML isolates names by elements. Isolation marks would end up in copied text.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::English | Language::Pseudo => |value, _| grouped(Language::English, value),
        Language::German => |value, _| grouped(Language::German, value),
        Language::Czech => |value, _| grouped(Language::Czech, value),
    }));
    for file in source::files(language) {
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(readable, _)| readable);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// A number as it is written in a language; `None`: as Fluent writes it.
fn grouped(language: Language, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    // What comes from code is a whole number.
    number.as_string().parse().ok().map(|number| language.grouped(number))
}
