//! One mailbox is one person, one name has one form, and searches do without accents.

use crate::{
    api::rest::Script,
    harness::{Server, problem},
};
use reqwest::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_search_finds_names_without_their_accents_and_words_in_any_order() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    // The last name is written as macOS writes it: letters and accents apart.
    for (name, email) in [
        ("Müller Jürgen", "m@example.com"),
        ("Novák Šárka", "n@example.com"),
        ("Zoe\u{308} Brändström", "z@example.com"),
    ] {
        assert_eq!(
            script.post("/invitations", json!({ "email": email, "name": name, "send": false })).await.status(),
            StatusCode::CREATED
        );
    }
    for (search, email) in [
        ("Muller", "m@example.com"),
        ("JURGEN%20MULLER", "m@example.com"),
        ("Sarka%20Novak", "n@example.com"),
        ("sa%20no", "n@example.com"),
        ("Zo%C3%AB", "z@example.com"),
        ("Bra%CC%88ndstro%CC%88m", "z@example.com"),
    ] {
        for list in ["people", "slots", "invitations"] {
            let found = script.get(&format!("/{list}?search={search}")).await;
            assert_eq!(found["total"], 1, "{list} {search}: {found}");
            assert_eq!(found["items"][0]["email"], email, "{list} {search}");
        }
    }
    assert_eq!(script.get("/people?search=Jurgen%20Novak").await["total"], 0);
}

#[tokio::test]
async fn a_mailbox_is_one_person_in_each_form_of_its_domain() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let first = json!({ "email": "ada@bücher.example", "name": "Ada", "send": false });
    assert_eq!(script.post("/invitations", first).await.status(), StatusCode::CREATED);
    for twin in ["ada@xn--bcher-kva.example", "ADA@BÜCHER.example", "ada@bu\u{308}cher.example"] {
        script.post("/invitations", json!({ "email": twin, "send": false })).await;
        problem(script.post("/people", json!({ "name": "Twin", "email": twin })).await, 409, "email_taken").await;
    }
    let people = script.get("/people").await;
    assert_eq!((&people["total"], &people["items"][0]["email"]), (&json!(1), &json!("ada@bücher.example")));
    assert_eq!(script.get("/people?search=ada@xn--bcher-kva.example").await["total"], 1);
}

#[tokio::test]
async fn a_name_of_nothing_visible_is_refused() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    for name in ["\u{3164}", "\u{2800}", "\u{200B}", "\u{AD}", "\u{2060}", "\u{E0041}", "\u{200B} \u{2800}"] {
        let refused = script.post("/people", json!({ "name": name, "email": "ada@example.com" })).await;
        problem(refused, 422, "field_invalid").await;
    }
}
