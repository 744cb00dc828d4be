//! Lists as tables.

use crate::{
    api::rest::Script,
    harness::{Server, problem},
};
use domain::actor::Actor;
use reqwest::{Method, StatusCode};
use service::NewPerson;

async fn add(server: &Server, name: &str, email: &str) {
    let new = NewPerson { name: name.to_owned(), email: email.to_owned(), locale: Some("cs".to_owned()) };
    server.rollcall.add_person(Actor::System, new).await.unwrap();
}

async fn fetch(script: &Script<'_>, path: &str) -> String {
    let reply = script.call(Method::GET, path, None).await;
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.headers()["content-type"], "text/csv; charset=utf-8");
    assert!(reply.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    String::from_utf8(reply.bytes().await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn exported_people_are_imported_as_unchanged() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    for (n, name) in
        ["=1+1", "'=1+1", "-x", "@x", "+x", "O'Neil", "Lovelace, \"Ada\"", "Zoë; Søn", "'"].iter().enumerate()
    {
        add(&server, name, &format!("p{n}@example.com")).await;
    }
    add(&server, "Odd", "=odd+x@example.com").await;
    // More than one piece.
    for n in 0..1200 {
        add(&server, &format!("Person {n}"), &format!("person{n}@example.com")).await;
    }
    let table = fetch(&script, "/people/export").await;
    assert!(table.starts_with("\u{feff}name,email,locale,"), "{}", &table[..60]);
    for line in table.lines().skip(1) {
        assert!(!line.starts_with(['=', '+', '-', '@', '\t']), "{line}");
    }
    assert_eq!(table.lines().count(), 1 + 1210);
    let request = server.request(Method::POST, "/api/v1/people/import?correct=true").bearer_auth(&script.token);
    let reply = request.header("content-type", "text/csv").body(table).send().await.unwrap();
    let outcome: serde_json::Value = reply.json().await.unwrap();
    assert_eq!((&outcome["unchanged"], &outcome["bad"]), (&1210.into(), &0.into()), "{}", outcome["problems"]);
    let one = fetch(&script, "/people/export?search=odd").await;
    assert!(one.contains("\r\nOdd,'=odd+x@example.com,cs,,0,2026-06-01T08:00:00Z\r\n"), "{one}");
}

#[tokio::test]
async fn rows_are_exported_as_filtered_and_sorted() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let ada = server.invite("ada@example.com").await;
    server.invite("bo@example.com").await;
    server.invite("cy@example.org").await;
    server.enroll(&ada.token, 1).await;
    let names = |table: String| -> Vec<String> {
        table.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
    };
    assert_eq!(names(fetch(&script, "/slots/export?sort=-name").await), ["cy", "bo", "ada"]);
    let devices = fetch(&script, "/slots/export?status=pending").await;
    assert!(devices.contains("ada,ada@example.com,pending,"), "{devices}");
    assert!(devices.contains(",Example One,linux,1,S1,company,"), "{devices}");
    assert_eq!(names(fetch(&script, "/slots/export?search=example.com&sort=name").await), ["ada", "bo"]);
    problem(script.call(Method::GET, "/slots/export?status=lost", None).await, 400, "query_malformed").await;
}

#[tokio::test]
async fn the_console_exports_what_its_url_says_and_only_with_a_session() {
    let server = Server::start().await;
    server.invite("ada@example.com").await;
    server.invite("bo@example.com").await;
    for path in ["/people/export.csv", "/invitations/export.csv", "/devices/export.csv", "/people/import/left-out.csv"]
    {
        let reply = server.get(path).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::SEE_OTHER, "{path}");
        assert!(reply.headers()["location"].to_str().unwrap().starts_with("/sign-in"), "{path}");
    }
    let cookie = server.signed_in().await;
    for path in [
        "/people/export.csv?q=ada&size=7&utm=x",
        "/invitations/export.csv?q=ada&sort=oldest",
        "/devices/export.csv?q=ada&status=nonsense",
    ] {
        let packed = server.get(path).header("cookie", &cookie).header("accept-encoding", "gzip").send().await.unwrap();
        assert_eq!(packed.headers()["content-encoding"], "gzip", "{path}");
        assert!(!packed.bytes().await.unwrap().is_empty(), "{path}");
        let reply = server.get(path).header("cookie", &cookie).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK, "{path}");
        let table = reply.text().await.unwrap();
        assert!(table.contains("ada@example.com") && !table.contains("bo@example.com"), "{path}: {table}");
    }
}
