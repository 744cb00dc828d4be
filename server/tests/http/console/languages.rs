//! The language of the console's pages, and the words that pages load.

use crate::harness::{ADMIN, PASSWORD, Server, cookie_of};
use reqwest::{StatusCode, header};

/// A page as a browser with these languages gets it; without a cookie, one that needs no session.
async fn page(server: &Server, path: &str, languages: &str, cookie: &str) -> String {
    let page = server.get(path).header(header::ACCEPT_LANGUAGE, languages).header(header::COOKIE, cookie);
    let page = page.header(header::ACCEPT, "text/html").send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    page.text().await.unwrap()
}

/// The path of the phrases that a page loads.
fn words_path(page: &str) -> &str {
    let from = page.find("/words/").unwrap();
    let path = &page[from..];
    &path[..path.find('"').unwrap()]
}

#[tokio::test]
async fn a_page_is_in_the_browsers_language_or_else_in_english() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    for (languages, tag) in
        [("de-AT,de;q=0.9,en;q=0.5", "de"), ("fr,cs;q=0.5", "cs"), ("fr", "en"), ("", "en"), ("en-x-pseudo", "en")]
    {
        let sign_in = page(&server, "/sign-in", languages, "").await;
        assert!(sign_in.contains(&format!("<html lang=\"{tag}\"")), "{languages}");
        assert!(!sign_in.contains("/words/") && !sign_in.contains(".wasm"), "a form needs nothing of the console");
        let console = page(&server, "/settings", languages, &cookie).await;
        assert!(console.contains(&format!("<html lang=\"{tag}\"")), "{languages}");
        assert!(words_path(&console).starts_with(&format!("/words/{tag}.")), "{languages}");
    }
}

#[tokio::test]
async fn the_phrases_of_a_page_are_cached_forever_under_a_name_that_changes_with_them() {
    let server = Server::start().await;
    let page = page(&server, "/settings", "de", &server.signed_in().await).await;
    let words = server.get(words_path(&page)).header(header::ACCEPT_ENCODING, "br").send().await.unwrap();
    assert_eq!(words.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(words.headers()[header::CONTENT_TYPE], "text/plain; charset=utf-8");
    assert_eq!(words.headers()[header::CONTENT_ENCODING], "br");
    let words = server.get(words_path(&page)).send().await.unwrap().text().await.unwrap();
    assert!(words.starts_with("de ") && words.contains("\nEinstellungen\n"));
    for path in ["/words/de.txt", "/words/de.0123456789abcdef.txt", "/words/", "/words/fr.0.txt"] {
        let answer = server.get(path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert_ne!(answer.headers().get(header::CACHE_CONTROL).unwrap(), "public, max-age=31536000, immutable");
    }
}

/// Chooses the language of the account, as the form in Settings does.
async fn choose(server: &Server, cookie: &str, language: &str) {
    let answer = server
        .post("/fn/account/language")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie)
        .header(header::ACCEPT, "text/html")
        .form(&[("language", language)])
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::FOUND);
    assert_eq!(answer.headers()[header::LOCATION], "/settings#language");
}

#[tokio::test]
async fn the_accounts_language_applies_in_every_browser_until_it_is_reset() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let heading = async |languages: &str, cookie: &str| {
        let page = server.get("/settings").header(header::COOKIE, cookie);
        let page = page.header(header::ACCEPT_LANGUAGE, languages).header(header::ACCEPT, "text/html").send();
        let page = page.await.unwrap().text().await.unwrap();
        let from = page.find("<h1").unwrap();
        page[from..].split(['<', '>']).nth(2).unwrap().to_owned()
    };
    assert_eq!(heading("cs", &cookie).await, "Nastavení");
    choose(&server, &cookie, "de").await;
    let other_browser = cookie_of(&server.sign_in(ADMIN, PASSWORD).await);
    for cookie in [&cookie, &other_browser] {
        assert_eq!(heading("cs", cookie).await, "Einstellungen");
    }
    for nothing in ["", "fr", "de-AT", "<script>"] {
        choose(&server, &cookie, "de").await;
        choose(&server, &cookie, nothing).await;
        assert_eq!(heading("cs", &cookie).await, "Nastavení", "{nothing}");
    }
}
