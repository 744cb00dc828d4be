//! The parts of an enrollment URL, `https://HOST/e/TOKEN`.

/// The host (with its port) of a web address; empty when it has none.
pub(super) fn host(url: &str) -> &str {
    url.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default())
}

/// The part of an enrollment URL before `/e/`: what an agent asks for as the server's address.
pub(super) fn server(url: &str) -> &str {
    url.rsplit_once("/e/").map_or(url, |(server, _)| server)
}

/// The token of an enrollment URL.
pub(super) fn token(url: &str) -> &str {
    url.rsplit_once("/e/").map_or("", |(_, token)| token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enrollment_url_has_a_host_a_server_and_a_token() {
        let url = "https://mdm.example.com:8443/e/abc234";
        assert_eq!(host(url), "mdm.example.com:8443");
        assert_eq!(server(url), "https://mdm.example.com:8443");
        assert_eq!(token(url), "abc234");
    }
}
