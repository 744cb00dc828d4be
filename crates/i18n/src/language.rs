//! The supported languages.

/// A language of pages and emails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English, the default.
    #[default]
    English,
    /// German.
    German,
    /// Czech.
    Czech,
    /// English with brackets around each text, `⟦like this⟧`. Tests render everything in it: text outside of brackets is
    /// missing from the catalogue. [`of_tag`](Self::of_tag) never returns it.
    Pseudo,
}

impl Language {
    /// Every language that users can choose.
    pub const ALL: &'static [Self] = &[Self::English, Self::German, Self::Czech];

    /// The language tag (BCP 47), for `lang` attributes, folders and URLs.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Czech => "cs",
            Self::Pseudo => "en-x-pseudo",
        }
    }

    /// The name of the language in that language.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Czech => "Čeština",
            Self::Pseudo => "⟦English⟧",
        }
    }

    /// The language with this tag, as chosen from a list. Also accepts the pseudo language, which no list contains: tests
    /// choose it.
    pub fn of_choice(tag: &str) -> Option<Self> {
        Self::ALL.iter().copied().chain([Self::Pseudo]).find(|language| language.tag() == tag)
    }

    /// The language of a tag such as `de`, `de-AT` or `CS_cz`; `None` if it is not supported. Accepts any text.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.iter().copied().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}
