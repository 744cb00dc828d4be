//! Understands a language in the forms in which tables have it: tags, locales of operating systems, lists of preferences,
//! names in our languages and their own, and numbers of Windows.

use domain::types::{text::Locale, unicode::bare};

/// A language: its tag, other codes (ISO 639-2, numbers of Windows, wrong but usual ones), and its names in English, German,
/// Czech and itself, in lower case and without accents.
type Names = (&'static str, &'static [&'static str]);

const LANGUAGES: [Names; 31] = [
    ("ar", &["ara", "arabic", "arabisch", "arabstina", "العربية"]),
    ("bg", &["bul", "1026", "bulgarian", "bulgarisch", "bulharstina", "български"]),
    ("cs", &["ces", "cze", "cz", "1029", "czech", "tschechisch", "cestina", "cesky"]),
    ("da", &["dan", "dk", "1030", "danish", "danisch", "danstina", "dansk"]),
    ("de", &["deu", "ger", "1031", "2055", "3079", "german", "deutsch", "nemcina", "nemecky", "allemand"]),
    ("el", &["ell", "gre", "1032", "greek", "griechisch", "rectina", "ελληνικα"]),
    ("en", &["eng", "1033", "2057", "english", "englisch", "anglictina", "anglicky", "anglais"]),
    ("es", &["spa", "1034", "3082", "spanish", "spanisch", "spanelstina", "espanol", "castellano"]),
    ("et", &["est", "1061", "estonian", "estnisch", "estonstina", "eesti"]),
    ("fi", &["fin", "1035", "finnish", "finnisch", "finstina", "suomi"]),
    ("fr", &["fra", "fre", "1036", "french", "franzosisch", "francouzstina", "francais"]),
    ("hr", &["hrv", "1050", "croatian", "kroatisch", "chorvatstina", "hrvatski"]),
    ("hu", &["hun", "1038", "hungarian", "ungarisch", "madarstina", "magyar"]),
    ("it", &["ita", "1040", "italian", "italienisch", "italstina", "italiano"]),
    ("ja", &["jpn", "1041", "japanese", "japanisch", "japonstina", "日本語"]),
    ("ko", &["kor", "1042", "korean", "koreanisch", "korejstina", "한국어"]),
    ("lt", &["lit", "1063", "lithuanian", "litauisch", "litevstina", "lietuviu"]),
    ("lv", &["lav", "1062", "latvian", "lettisch", "lotystina", "latviesu"]),
    ("nl", &["nld", "dut", "1043", "dutch", "niederlandisch", "nizozemstina", "nederlands"]),
    ("no", &["nor", "1044", "norwegian", "norwegisch", "norstina", "norsk"]),
    ("pl", &["pol", "1045", "polish", "polnisch", "polstina", "polski"]),
    ("pt", &["por", "2070", "1046", "portuguese", "portugiesisch", "portugalstina", "portugues"]),
    ("ro", &["ron", "rum", "1048", "romanian", "rumanisch", "rumunstina", "romana"]),
    ("ru", &["rus", "1049", "russian", "russisch", "rustina", "русскии"]),
    ("sk", &["slk", "slo", "1051", "slovak", "slowakisch", "slovenstina", "slovencina"]),
    ("sl", &["slv", "1060", "slovenian", "slowenisch", "slovinstina", "slovenscina"]),
    ("sv", &["swe", "1053", "swedish", "schwedisch", "svedstina", "svenska"]),
    ("tr", &["tur", "1055", "turkish", "turkisch", "turectina", "turkce"]),
    ("uk", &["ukr", "1058", "ukrainian", "ukrainisch", "ukrajinstina", "украінська"]),
    ("vi", &["vie", "1066", "vietnamese", "vietnamesisch", "vietnamstina", "tieng viet"]),
    ("zh", &["zho", "chi", "2052", "1028", "chinese", "chinesisch", "cinstina", "中文"]),
];

/// The language in a cell; `None` when it is not understood.
pub(super) fn parse(text: &str) -> Option<Locale> {
    // The first of a list: `de-DE,de;q=0.8`; without encoding and variant: `de_DE.UTF-8@euro`.
    let first = text.split([',', ';', '|']).map(str::trim).find(|part| !part.is_empty())?;
    let first = first.split(['.', '@']).next().unwrap_or_default();
    named(first).or_else(|| tag(first))
}

/// A language by its name or by a code that is no tag, with a country if one follows: `English (US)`, `Deutsch - Schweiz`.
fn named(text: &str) -> Option<Locale> {
    let (name, country) = match text.split_once(['(', '-', '_', '/']) {
        Some((name, country)) => (name, country.trim().trim_end_matches(')').trim()),
        None => (text, ""),
    };
    let name = bare(name.trim());
    let (language, _) = LANGUAGES.iter().find(|(_, names)| names.contains(&name.as_str()))?;
    let is_country = country.len() == 2 && country.chars().all(|c| c.is_ascii_alphabetic());
    let tag = if is_country { format!("{language}-{}", country.to_ascii_uppercase()) } else { (*language).to_owned() };
    Locale::parse(&tag).ok()
}

/// A tag in its usual spelling (RFC 5646): `DE_at` becomes `de-AT`. Its language has two or three letters.
fn tag(text: &str) -> Option<Locale> {
    let mut parts = text.split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    let is_language = (2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_alphabetic());
    let spelled = parts.map(|part| match part.len() {
        2 => part.to_ascii_uppercase(),
        // A script: `Hans`.
        4 if part.is_ascii() => part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase(),
        _ => part.to_ascii_lowercase(),
    });
    let tag = std::iter::once(language).chain(spelled).collect::<Vec<_>>().join("-");
    if is_language { Locale::parse(&tag).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_language_is_understood_in_its_usual_forms() {
        for (text, language) in [
            ("de", "de"),
            ("DE", "de"),
            ("de_DE", "de-DE"),
            ("de_DE.UTF-8", "de-DE"),
            ("de_AT@euro", "de-AT"),
            ("de-DE,de;q=0.8", "de-DE"),
            ("de-DE,de,en-US,en", "de-DE"),
            ("zh-hans-cn", "zh-Hans-CN"),
            ("Deutsch", "de"),
            ("German", "de"),
            ("Deutsch (Schweiz)", "de"),
            ("german-AT", "de-AT"),
            ("Němčina", "de"),
            ("čeština", "cs"),
            ("CZ", "cs"),
            ("ces", "cs"),
            ("Tschechisch", "cs"),
            ("english (US)", "en-US"),
            ("Français", "fr"),
            ("Русский", "ru"),
            ("1031", "de"),
            ("eo", "eo"),
        ] {
            assert_eq!(parse(text).as_ref().map(Locale::as_str), Some(language), "{text}");
        }
        for text in ["?", "", ";", "Klingonisch", "d", "1234", "de-ää"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn each_name_belongs_to_one_language_and_is_written_as_it_is_compared() {
        let mut names: Vec<&str> =
            LANGUAGES.iter().flat_map(|(tag, names)| names.iter().chain([tag])).copied().collect();
        assert!(names.iter().all(|name| bare(name) == *name));
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }

    proptest! {
        #[test]
        fn any_text_is_understood_or_not(text in "\\PC{0,30}") {
            let _ = parse(&text);
        }
    }
}
