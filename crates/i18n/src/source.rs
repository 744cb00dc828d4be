//! The catalogue files, embedded in the program.

use crate::Language;

macro_rules! files {
    ($folder:literal) => {
        [
            include_str!(concat!("../locales/", $folder, "/words.ftl")),
            include_str!(concat!("../locales/", $folder, "/landing.ftl")),
            include_str!(concat!("../locales/", $folder, "/mail.ftl")),
            include_str!(concat!("../locales/", $folder, "/profile.ftl")),
        ]
    };
}

/// The files of a language.
pub(crate) const fn files(language: Language) -> [&'static str; 4] {
    match language {
        Language::English | Language::Pseudo => files!("en"),
        Language::German => files!("de"),
        Language::Czech => files!("cs"),
    }
}
