//! The query of a landing page: which device it is about, and what to show of it.

/// How a landing page was asked for. Unknown parameters are ignored and bad values are the default's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LandingQuery {
    /// The page is about the next device after this many of the invitation: `after=1` waits for a second one.
    pub after: usize,
    /// Shows the choice of the device once more: `change=1`.
    pub change: bool,
    /// Shows the steps although the device is enrolled: `again=1`.
    pub again: bool,
    /// The form came without an answer to each question: `incomplete=1`.
    pub incomplete: bool,
}

/// More devices than one person carries; keeps numbers in links short.
const AFTER_MAX: usize = 9999;

impl LandingQuery {
    /// Reads the query of a request's URI, without its question mark. Takes anything.
    pub fn parse(query: Option<&str>) -> Self {
        let mut found = Self::default();
        for (name, value) in query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "after" => found.after = value.parse().unwrap_or(0).min(AFTER_MAX),
                "change" => found.change = value == "1",
                "again" => found.again = value == "1",
                "incomplete" => found.incomplete = value == "1",
                _ => {}
            }
        }
        found
    }

    /// Where the browser goes when the invitation was accepted: the steps for the same device.
    pub fn after_accept(self, token: &str) -> String {
        Self { change: false, incomplete: false, ..self }.path(token)
    }

    /// Where the browser goes when the form was not filled in: the form again, with a word about it.
    pub fn incomplete(self, token: &str) -> String {
        Self { change: true, incomplete: true, ..self }.path(token)
    }

    /// The path and query of the page. Of `token` only what can be part of a token is used, so that the path is safe to
    /// redirect to, whatever was asked for.
    pub(super) fn path(self, token: &str) -> String {
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
        for (name, is_set) in [("change", self.change), ("again", self.again), ("incomplete", self.incomplete)] {
            if is_set {
                parts.push(format!("{name}=1"));
            }
        }
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_its_own_link() {
        for after in [0, 1, AFTER_MAX] {
            for bits in 0..8u8 {
                let query = LandingQuery { after, change: bits & 1 > 0, again: bits & 2 > 0, incomplete: bits & 4 > 0 };
                let path = query.path("abc");
                assert_eq!(LandingQuery::parse(path.split_once('?').map(|p| p.1)), query, "{path}");
            }
        }
    }

    #[test]
    fn anything_in_the_query_is_survived() {
        for text in
            ["", "&&", "after", "after=", "after=-1", "after=99999999999999999999", "x=1", "change=yes", "=", "%ff=%00"]
        {
            let query = LandingQuery::parse(Some(text));
            assert_eq!(query, LandingQuery::default(), "{text}");
        }
        assert_eq!(LandingQuery::parse(Some("after=123456")).after, AFTER_MAX);
    }

    #[test]
    fn a_redirect_stays_on_this_server_whatever_the_token_is() {
        let path = LandingQuery::default().after_accept("//evil.example/\r\nX: y");
        assert_eq!(path, "/e/evilexampleXy");
    }
}
