//! Importing people from a table, through the REST API.

use crate::{
    api::rest::Script,
    cli::program::{Program, run},
    harness::{Server, client, problem},
};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

/// The largest file, in bytes.
const FILE_MAX: usize = 10 * 1024 * 1024;

async fn send(script: &Script<'_>, query: &str, table: impl Into<Vec<u8>>) -> Response {
    let path = format!("/api/v1/people/import?{query}");
    let request = script.server.request(Method::POST, &path).bearer_auth(&script.token);
    request.header("content-type", "text/csv").body(table.into()).send().await.unwrap()
}

async fn import(script: &Script<'_>, query: &str, table: impl Into<Vec<u8>>) -> Value {
    let reply = send(script, query, table).await;
    let status = reply.status();
    let outcome: Value = reply.json().await.unwrap();
    assert_eq!(status, StatusCode::OK, "{outcome}");
    outcome
}

/// Numbers of an outcome: added, corrected, unchanged, differing, bad.
fn numbers(outcome: &Value) -> [u64; 5] {
    ["added", "corrected", "unchanged", "differing", "bad"].map(|name| outcome[name].as_u64().unwrap())
}

async fn people(script: &Script<'_>) -> u64 {
    script.get("/people").await["total"].as_u64().unwrap()
}

#[tokio::test]
async fn the_charset_that_is_declared_counts_unless_the_request_names_another() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let send = async |query: &str, charset: &str, table: &[u8]| {
        let path = format!("/api/v1/people/import?dry_run=true{query}");
        let request = server.request(Method::POST, &path).bearer_auth(&script.token);
        let kind = format!("Text/CSV; header=present; charset={charset}");
        request.header("content-type", kind).body(table.to_vec()).send().await.unwrap()
    };
    let name = async |query: &str, charset: &str, table: &[u8]| {
        let outcome: Value = send(query, charset, table).await.json().await.unwrap();
        outcome["lines"][0]["name"].as_str().unwrap_or_default().to_owned()
    };
    let table = b"name;email\nJi\xf8\xed Nov\xe1k;jiri@example.com\n";
    assert_eq!(name("", "windows-1250", table).await, "Jiří Novák");
    assert_eq!(name("", "\"ISO-8859-2\"", table).await, "Jiří Novák");
    // What is declared as UTF-8 and is not is read as if nothing was declared.
    assert_eq!(name("", "utf-8", table).await, "Jiøí Novák");
    assert_eq!(name("&encoding=windows-1250", "iso-8859-1", table).await, "Jiří Novák");
    let utf16: Vec<u8> = "name;email\nJiří;jiri@example.com\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(name("", "utf-16le", &utf16).await, "Jiří");
    problem(send("", "klingon", table).await, 415, "content_type_unsupported").await;
}

#[tokio::test]
async fn a_dry_run_names_every_bad_line_and_writes_nothing() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    server.invite("ada@example.com").await;
    let table = "Name;E-Mail;Sprache;Abteilung\n\
        Ada Lovelace;ada@example.com;de;X\n\
        ;bo@example.com;de;X\n\
        Cy;cy.example.com;de;X\n\
        Di;di@example.com;Deutsch;X\n\
        Ed;ed@example.com;;X\n\
        Ed;ED@example.com;;X\n\
        \"Flo\nand more\";flo@example.com;de;X\n\
        Gus;gus@example.com\n\
        Hal;hal@example.com;Klingon;X\n\
        Ida;ida@example.com;de;X;Y\n";
    let outcome = import(&script, "dry_run=true", table).await;
    assert_eq!(numbers(&outcome), [4, 0, 0, 1, 5], "{outcome}");
    let lines: Vec<u64> =
        outcome["problems"].as_array().unwrap().iter().map(|bad| bad["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [3, 4, 7, 8, 12]);
    let reasons = outcome["problems"].to_string();
    for words in [
        "name is missing",
        "not an email address",
        "already in line 6",
        "control",
        "Too many columns: 5, but the headings are 4",
    ] {
        assert!(reasons.contains(words), "{words}: {reasons}");
    }
    assert_eq!(outcome["doubts"].as_array().unwrap().len(), 1);
    assert_eq!(outcome["doubts"][0]["line"], 11, "a person is not lost for a language");
    assert_eq!(outcome["lines"][1]["locale"], "de");
    assert_eq!(outcome["ignored_columns"], json!(["Abteilung"]));
    assert_eq!(outcome["lines"][0]["outcome"], "differing");
    assert_eq!(outcome["lines"][0]["has_invitation"], true);
    assert_eq!(people(&script).await, 1);
}

#[tokio::test]
async fn good_lines_are_imported_and_the_same_file_again_changes_nothing() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let table = "name,email,locale\nAda,ada@example.com,de\n,bad@example.com,\nBo,bo@example.com,\n";
    let first = import(&script, "", table).await;
    assert_eq!(numbers(&first), [2, 0, 0, 0, 1]);
    let head = server.rollcall.journal_head().await.unwrap();
    let again = import(&script, "correct=true", table).await;
    assert_eq!(numbers(&again), [0, 0, 2, 0, 1]);
    assert_eq!(server.rollcall.journal_head().await.unwrap(), head, "nothing happened");
    let ada = &script.get("/people?search=ada").await["items"][0];
    assert_eq!((&ada["name"], &ada["locale"]), (&json!("Ada"), &json!("de")));
}

#[tokio::test]
async fn names_and_languages_are_corrected_only_on_request() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    import(&script, "", "name,email,locale\nAda,ada@example.com,de\nBo,bo@example.com,de\n").await;
    // An empty language changes nothing.
    let other = "name,email,locale\nAda Lovelace,ada@example.com,\nBo,bo@example.com,cs\n";
    let left = import(&script, "", other).await;
    assert_eq!(numbers(&left), [0, 0, 0, 2, 0]);
    assert_eq!(script.get("/people?search=lovelace").await["total"], 0);
    let corrected = import(&script, "correct=true", other).await;
    assert_eq!(numbers(&corrected), [0, 2, 0, 0, 0]);
    let all = script.get("/people").await["items"].clone();
    assert_eq!((&all[0]["name"], &all[0]["locale"]), (&json!("Ada Lovelace"), &json!("de")));
    assert_eq!(all[1]["locale"], "cs");
}

#[tokio::test]
async fn a_line_that_cannot_be_imported_is_named_and_a_store_that_fails_ends_the_import() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let ada = server.invite("ada@example.com").await;
    server.enroll(&ada.token, 1).await;
    import(&script, "", "name,email\nBo,bo@example.com\n").await;
    assert_eq!(server.sql("update devices set doc = '{'").await, 1);
    let other = "name,email\nAda Lovelace,ada@example.com\nBo Diddley,bo@example.com\n";
    let outcome = import(&script, "correct=true", other).await;
    assert_eq!(outcome["corrected"], 1, "{outcome}");
    assert_eq!((&outcome["failed"], &outcome["problems"][0]["line"]), (&json!(1), &json!(2)), "{outcome}");
    let stop = "create trigger stop before insert on people begin select raise(abort, 'broken'); end";
    server.sql(stop).await;
    let reply = send(&script, "", "name,email\nCy,cy@example.com\n").await;
    assert!(reply.status().is_server_error(), "{}", reply.status());
}

#[tokio::test]
async fn people_with_an_active_invitation_are_left_alone() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let ada = server.invite("ada@example.com").await;
    let table = "name,email\nada,ada@example.com\nBo,bo@example.com\n";
    let dry = import(&script, "invite=true&dry_run=true", table).await;
    let outcome = import(&script, "invite=true", table).await;
    for outcome in [dry, outcome] {
        assert_eq!((&outcome["invited"], &outcome["already_invited"]), (&json!(1), &json!(1)), "{outcome}");
    }
    assert!(server.state_of(ada.invitation).await.is_active());
    let again = import(&script, "invite=true", table).await;
    assert_eq!((&again["invited"], &again["already_invited"]), (&json!(0), &json!(2)));
    assert_eq!(numbers(&again), [0, 0, 2, 0, 0], "they are as they were");
    assert_eq!(script.get("/invitations").await["total"], 2);
}

#[tokio::test]
async fn hostile_files_get_a_clear_answer() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    for (table, words) in [
        (vec![b'"'; FILE_MAX], "no column"),
        (vec![b','; FILE_MAX], "no column"),
        (vec![0; FILE_MAX], "no column"),
        (vec![0xff; 1000], "no column"),
        (vec![b'\n'; FILE_MAX], "empty"),
        (Vec::new(), "empty"),
        (b"PK\x03\x04 a spreadsheet".to_vec(), "CSV"),
        (b"Ada,Lovelace,London".to_vec(), "Ada, Lovelace, London"),
        (format!("name,email\n{}", "x\n".repeat(100_001)).into_bytes(), "100000"),
    ] {
        let detail = problem(send(&script, "", table).await, 422, "file_invalid").await["detail"].to_string();
        assert!(detail.contains(words), "{words}: {detail}");
    }
    problem(send(&script, "", vec![b'x'; FILE_MAX + 1]).await, 413, "body_too_large").await;
    problem(send(&script, "encoding=klingon", "name,email\n").await, 400, "query_malformed").await;
    let json = script.call(Method::POST, "/people/import", Some(json!({}))).await;
    problem(json, 415, "content_type_unsupported").await;
    assert_eq!(people(&script).await, 0);
}

#[tokio::test]
async fn a_hostile_line_does_not_harm_the_others() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    let mut table = b"name,email\n".to_vec();
    table.extend(vec![b'x'; 1_000_000]);
    table.extend(b"\nAda\0,ada@example.com\n'=HYPERLINK(1),bo@example.com\n=1+1,cy@example.com\n");
    table.extend(b"<script>,di@example.com\nBad\xff,ed@example.com\n\"Flo,flo@example.com\n");
    let outcome = import(&script, "", table).await;
    assert_eq!(numbers(&outcome)[0], 4, "{outcome}");
    let lines: Vec<u64> =
        outcome["problems"].as_array().unwrap().iter().map(|bad| bad["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [2, 3, 8], "a single byte that is no UTF-8 makes it Windows-1252: {outcome}");
    let names: Vec<Value> =
        script.get("/people").await["items"].as_array().unwrap().iter().map(|row| row["name"].clone()).collect();
    assert!(names.contains(&json!("=HYPERLINK(1)")) && names.contains(&json!("<script>")), "{names:?}");
}

#[tokio::test]
async fn people_are_invited_together_and_each_has_a_result() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    import(&script, "", "name,email\nAda,ada@example.com\nBo,bo@example.com\nCy,cy@example.org\n").await;
    let people = script.get("/people").await["items"].clone();
    let gone = uuid::Uuid::nil();
    let ids = json!([people[1]["id"], gone, people[0]["id"]]);
    let reply = script.post("/people/invite", json!({"people": ids, "send": false})).await;
    let outcome: Value = reply.json().await.unwrap();
    let results: Vec<_> =
        outcome["results"].as_array().unwrap().iter().map(|r| (r["name"].clone(), r["refusal"].is_null())).collect();
    assert_eq!(results, [(json!("Bo"), true), (json!(""), false), (json!("Ada"), true)]);
    let all: Value =
        script.post("/people/invite", json!({"matching": {"search": "example"}})).await.json().await.unwrap();
    assert_eq!((&all["done"], &all["refused"]), (&json!(1), &json!(2)), "{all}");
    for body in [json!({}), json!({"people": [], "matching": {}}), json!({"people": vec![gone; 10_001]})] {
        problem(script.post("/people/invite", body).await, 422, "field_invalid").await;
    }
}

#[tokio::test]
async fn an_import_goes_on_after_the_server_was_killed() {
    const LINES: u64 = 3000;
    let dir = tempfile::tempdir().unwrap();
    let (data, http) = (dir.path(), client());
    let token = run(data, &["token", "create", "--name", "test"]);
    let lines = (0..LINES).map(|line| format!("Person {line},person{line}@example.com\n"));
    let table = format!("name,email\n{}", lines.collect::<String>());
    let send = |program: &Program| {
        let request = http.post(format!("{}/api/v1/people/import", program.base)).bearer_auth(&token);
        request.header("content-type", "text/csv").body(table.clone()).send()
    };
    let program = Program::start(data);
    let importing = tokio::spawn(send(&program));
    let total = async |program: &Program| {
        let request = http.get(format!("{}/api/v1/people", program.base)).bearer_auth(&token);
        request.send().await.unwrap().json::<Value>().await.unwrap()["total"].as_u64().unwrap()
    };
    while total(&program).await == 0 {}
    program.kill();
    assert!(importing.await.unwrap().is_err(), "it was in the middle");
    // It goes on by itself, and no other one is begun meanwhile.
    let program = Program::start(data);
    let mut reply = send(&program).await.unwrap();
    while reply.status() == StatusCode::CONFLICT {
        reply = send(&program).await.unwrap();
    }
    assert_eq!(numbers(&reply.json().await.unwrap()), [0, 0, LINES, 0, 0]);
    assert_eq!(total(&program).await, LINES);
    program.kill();
}

#[tokio::test]
async fn nobody_is_lost_in_the_exports_of_other_programs() {
    let server = Server::start().await;
    let script = Script::of(&server).await;
    for (table, name, email) in [
        ("#TYPE Selected.ADUser\r\n\"Name\",\"mail\"\r\n\"Anna Berg\",\"a1@x.org\"\r\n", "Anna Berg", "a1@x.org"),
        ("Name;Vorname;E-Mail\r\nBerg;Anna;a2@x.org\r\n", "Anna Berg", "a2@x.org"),
        (
            "First Name [Required],Last Name [Required],Email Address [Required]\nAnna,Berg,a3@x.org\n",
            "Anna Berg",
            "a3@x.org",
        ),
        ("User name,First name,Last name,Display name\na5@x.org,Anna,Berg,Anna Berg\n", "Anna Berg", "a5@x.org"),
        ("Nom;Prénom;Adresse électronique\nBerg;Anna;a9@x.org\n", "Anna Berg", "a9@x.org"),
        ("email\nb11.anna.berg@x.org\n", "B11 Anna Berg", "b11.anna.berg@x.org"),
    ] {
        let outcome = import(&script, "", table).await;
        assert_eq!(numbers(&outcome), [1, 0, 0, 0, 0], "{table}: {outcome}");
        let found = script.get(&format!("/people?search={email}")).await["items"][0].clone();
        assert_eq!((&found["name"], &found["email"]), (&json!(name), &json!(email)), "{table}");
    }
}
