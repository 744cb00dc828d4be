//! Texts by their keys.

use crate::{Arg, Language, source};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

impl Language {
    /// The text of a message that is told nothing. A key that is in no catalogue is its own text; a test keeps the
    /// house free of them.
    pub fn text(self, key: &str) -> String {
        self.text_with(key, &[])
    }

    /// The text of a message that is told `args`, by the names that the message calls them.
    pub fn text_with(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.find_with(key, args).unwrap_or_else(|| key.to_owned())
    }

    /// The text of a message, if there is one with this key: for keys that come from elsewhere.
    pub fn find(self, key: &str) -> Option<String> {
        self.find_with(key, &[])
    }

    /// Several texts as one enumeration.
    pub fn list(self, texts: &[String]) -> String {
        // The separator is no text of its own, so it is not taken from the pseudo language.
        let language = if self == Self::Pseudo { Self::English } else { self };
        texts.join(&language.text("list-separator"))
    }

    fn find_with(self, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let told = args.iter().map(|(name, arg)| (*name, value(*arg))).collect::<FluentArgs<'_>>();
        let spoken = format(self.bundle(), key, &told);
        // A message that a translation lacks is better read in English than not at all.
        let text = spoken.or_else(|| format(Self::English.bundle(), key, &told))?;
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
    // What a message asks for and is not told is shown by its name; tests render everything and look for that.
    let mut faults = Vec::new();
    Some(bundle.format_pattern(pattern, Some(args), &mut faults).into_owned())
}

/// The catalogue of a language. Faults in its files are left out here, and found by the tests.
fn bundle(language: Language) -> Bundle {
    let plural_rules: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![plural_rules]);
    // Names are set apart by elements in HTML; the marks would stand in the way of whoever copies a text.
    bundle.set_use_isolating(false);
    for file in source::files(language) {
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(readable, _)| readable);
        let _ = bundle.add_resource(resource);
    }
    bundle
}
