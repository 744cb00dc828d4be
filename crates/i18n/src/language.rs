//! The languages that Rollcall speaks.

/// A language of pages and mails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English: what is used where nothing better is known.
    #[default]
    English,
    /// German.
    German,
    /// Czech.
    Czech,
    /// English with brackets around each text, `⟦like this⟧`. Tests render everything in it: whatever stands outside
    /// the brackets is missing from the catalogue. No tag leads to it.
    Pseudo,
}

impl Language {
    /// Every language that can be chosen.
    pub const ALL: &'static [Self] = &[Self::English, Self::German, Self::Czech];

    /// The language's tag (BCP 47), for `lang` attributes, folders and addresses.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Czech => "cs",
            Self::Pseudo => "en-x-pseudo",
        }
    }

    /// What its speakers call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Czech => "Čeština",
            Self::Pseudo => "⟦English⟧",
        }
    }

    /// The language of a tag that was chosen from a list; also the pseudo language, which no list offers: tests choose it.
    pub fn of_choice(tag: &str) -> Option<Self> {
        Self::ALL.iter().copied().chain([Self::Pseudo]).find(|language| language.tag() == tag)
    }

    /// The language of a tag such as `de`, `de-AT` or `CS_cz`; `None` for one that is not spoken here. Takes anything.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.iter().copied().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}
