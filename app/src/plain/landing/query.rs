//! The query of a landing page: which device it is about, what to show of it, and in which language.

use i18n::Language;

/// The query of a landing page. Unknown parameters are ignored, and bad values fall back to the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a parameter of its own, in any combination")]
pub struct LandingQuery {
    /// The page is about the device after this many of the invitation: `after=1` waits for a second one.
    pub after: usize,
    /// Shows the choice of the platform once more: `change=1`.
    pub change: bool,
    /// Shows the steps although the device is enrolled: `again=1`.
    pub again: bool,
    /// The page was followed on this device or beside it, so what was enrolled is what the reader waited for: `mine=1`.
    /// Someone who just opens the link may hold another phone.
    pub mine: bool,
    /// The form was sent without an answer to each question: `incomplete=1`.
    pub incomplete: bool,
    /// The language that was chosen at the foot of the page: `lang=de`.
    pub lang: Option<Language>,
}

/// More devices than one person has. Keeps numbers in links short.
const AFTER_MAX: usize = 9999;

impl LandingQuery {
    /// Reads the query of a request's URI, without its question mark. Accepts any text.
    pub fn parse(query: Option<&str>) -> Self {
        let mut found = Self::default();
        for (name, value) in query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "after" => found.after = value.parse().unwrap_or(0).min(AFTER_MAX),
                "change" => found.change = value == "1",
                "again" => found.again = value == "1",
                "mine" => found.mine = value == "1",
                "incomplete" => found.incomplete = value == "1",
                "lang" => found.lang = Language::of_tag(value),
                _ => {}
            }
        }
        found
    }

    /// The language of a page without a person: the one that was chosen, or else the best one of a browser's
    /// `Accept-Language`, or else English.
    pub(super) fn language(self, accept_language: &str) -> Language {
        self.lang.or_else(|| Language::accepted(accept_language)).unwrap_or_default()
    }

    /// The target of the redirect after the invitation was accepted: the steps for the same device.
    pub fn after_accept(self, token: &str) -> String {
        Self { change: false, incomplete: false, mine: true, ..self }.path(token)
    }

    /// The target of the redirect after an incomplete form: the form with an error.
    pub fn incomplete(self, token: &str) -> String {
        Self { change: true, incomplete: true, ..self }.path(token)
    }

    /// A relative link to the same page in another language.
    pub(super) fn in_language(self, language: Language) -> String {
        Self { lang: Some(language), ..self }.text()
    }

    /// The path and query of the page. Of `token` only characters that can be in a token are used, so that redirecting
    /// to the path is safe.
    pub fn path(self, token: &str) -> String {
        self.path_below(token, "")
    }

    /// The same for a route below the page, such as `/status`.
    pub(super) fn path_below(self, token: &str, below: &str) -> String {
        let token: String = token.chars().filter(char::is_ascii_alphanumeric).collect();
        format!("/e/{token}{below}{}", self.text())
    }

    fn text(self) -> String {
        let mut parts = Vec::new();
        if self.after > 0 {
            parts.push(format!("after={}", self.after));
        }
        let flags =
            [("change", self.change), ("again", self.again), ("mine", self.mine), ("incomplete", self.incomplete)];
        for (name, is_set) in flags {
            if is_set {
                parts.push(format!("{name}=1"));
            }
        }
        parts.extend(self.lang.map(|language| format!("lang={}", language.tag())));
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_its_own_link() {
        let languages = Language::ALL.iter().copied().map(Some).chain([None]);
        for (after, lang) in
            [0, 1, AFTER_MAX].into_iter().flat_map(|after| languages.clone().map(move |it| (after, it)))
        {
            for bits in 0..16u8 {
                let (change, again, incomplete, mine) = (bits & 1 > 0, bits & 2 > 0, bits & 4 > 0, bits & 8 > 0);
                let query = LandingQuery { after, change, again, mine, incomplete, lang };
                let path = query.path("abc");
                assert_eq!(LandingQuery::parse(path.split_once('?').map(|p| p.1)), query, "{path}");
            }
        }
    }

    #[test]
    fn any_query_can_be_parsed() {
        let long = format!("lang={}", "x".repeat(10_000));
        for text in [
            "",
            "&&",
            "after",
            "after=",
            "after=-1",
            "after=99999999999999999999",
            "x=1",
            "change=yes",
            "=",
            "%ff=%00",
            "lang=",
            "lang=fr",
            "lang=<script>alert(1)</script>",
            "lang=%3Cscript%3E",
            "lang=../de",
            &long,
        ] {
            let query = LandingQuery::parse(Some(text));
            assert_eq!(query, LandingQuery::default(), "{text}");
        }
        assert_eq!(LandingQuery::parse(Some("after=123456")).after, AFTER_MAX);
    }

    #[test]
    fn the_last_of_several_languages_counts_and_its_region_does_not() {
        let lang = |text: &str| LandingQuery::parse(Some(text)).lang;
        assert_eq!(lang("lang=de-AT"), Some(Language::German));
        assert_eq!(lang("lang=de&after=1&lang=cs"), Some(Language::Czech));
        let query = LandingQuery::parse(Some("after=1&lang=de"));
        assert_eq!(query.in_language(Language::Czech), "?after=1&lang=cs");
        assert_eq!(query.incomplete("abc"), "/e/abc?after=1&change=1&incomplete=1&lang=de");
    }

    #[test]
    fn a_redirect_stays_on_this_server_whatever_the_token_is() {
        let path = LandingQuery::default().after_accept("//evil.example/\r\nX: y");
        assert_eq!(path, "/e/evilexampleXy?mine=1");
    }
}
