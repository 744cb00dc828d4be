//! What is not in the journal: what happens at one server is known at the other.

use super::{answer, database, enroll_of, servers::Servers};
use crate::{
    cli::program::run_with_input,
    console::live::Reader,
    harness::{ADMIN, PASSWORD, by_pin, client, cookie_of, text},
    mail::smtp::Smtp,
};
use futures::future::join_all;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::json;
use std::time::Duration;
use tokio::time::timeout;

/// Longest wait for something that one server tells the other. Each test waits for what it expects, not for a time.
const SOON: Duration = Duration::from_secs(20);

/// A PIN that nobody has, but for a chance of one in a hundred million.
const WRONG_PIN: &str = "00000000";

fn sign_in(base: &str, password: &str) -> RequestBuilder {
    let form = [("email", ADMIN), ("password", password), ("next", "/people")];
    let request = client().post(format!("{base}/fn/account/sign-in")).header("sec-fetch-site", "same-origin");
    request.header("accept", "text/html").form(&form)
}

fn is_let_in(reply: &Response) -> bool {
    reply.headers().get_all("set-cookie").iter().any(|cookie| cookie.to_str().unwrap().starts_with("rollcall="))
}

/// Two servers with an account.
async fn two_servers(test: &str, smtp: &Smtp) -> Option<Servers> {
    let url = database(test).await?;
    let servers = Servers::start(&url, smtp, 2).await;
    let create = ["account", "create", "--email", ADMIN, "--password-stdin", "--database", &url];
    run_with_input(servers.folder(0), &create, PASSWORD);
    Some(servers)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_hears_of_what_it_shows_whichever_server_was_told_and_whichever_the_phone_calls() {
    let smtp = Smtp::start().await;
    let Some(servers) = two_servers("shown", &smtp).await else { return };
    let (one, other, http) = (servers.base(0), servers.base(1), client());
    let phone = enroll_of(&http, one, &servers.script, "ada@example.com").await;
    let rows = answer(http.get(format!("{one}/api/v1/slots")).bearer_auth(&servers.script)).await;
    let row = text(&rows["items"][0], "id");
    let cookie = cookie_of(&sign_in(one, PASSWORD).send().await.unwrap());
    // 1. The stream comes from one server, and the other is told what the page shows.
    let mut stream = Reader::open(http.get(format!("{one}/live")).header("cookie", &cookie)).await;
    let show = http.put(format!("{other}/live/{}", stream.name().await)).header("cookie", &cookie);
    let show = show.header("sec-fetch-site", "same-origin").json(&json!({"rows": [], "pages": [row]}));
    assert_eq!(show.send().await.unwrap().status(), StatusCode::NO_CONTENT);
    // 2. The phone reports to the other. Whether it is shown by then is not known, so it reports until it is heard.
    let told = timeout(SOON, async {
        for seq in 1.. {
            let report = json!({"seq": seq, "battery": {"level": seq % 100, "charging": false}});
            let request = http.post(format!("{other}/agent/v1/state")).bearer_auth(&phone.bearer).json(&report);
            assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
            while let Ok(event) = timeout(Duration::from_millis(200), stream.next()).await {
                if event.unwrap().data["slot_id"] == row {
                    return;
                }
            }
        }
    });
    told.await.unwrap();
    // 3. The session ends at the other: so does the stream.
    let sign_out = http.post(format!("{other}/fn/account/sign-out")).header("cookie", &cookie);
    let sign_out = sign_out.header("sec-fetch-site", "same-origin").header("accept", "text/html");
    assert!(sign_out.send().await.unwrap().status().is_redirection());
    timeout(SOON, async { while stream.next().await.is_some() {} }).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_passwords_at_one_server_lock_the_other() {
    let smtp = Smtp::start().await;
    let Some(servers) = two_servers("limits", &smtp).await else { return };
    let (one, other) = (servers.base(0), servers.base(1));
    for _ in 0..10 {
        assert!(!is_let_in(&sign_in(one, "wrong wrong wrong").send().await.unwrap()));
    }
    // Told some moments later.
    let locked = async { while is_let_in(&sign_in(other, PASSWORD).send().await.unwrap()) {} };
    timeout(SOON, locked).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pins_guessed_at_both_servers_at_once_are_counted_together() {
    let smtp = Smtp::start().await;
    let Some(servers) = two_servers("pins", &smtp).await else { return };
    let (one, other, http) = (servers.base(0), servers.base(1), client());
    enroll_of(&http, one, &servers.script, "ada@example.com").await;
    let guess =
        |base: &str| http.post(format!("{base}/agent/v1/enroll")).json(&by_pin("ada@example.com", WRONG_PIN, 2));
    let guesses = (0..40).map(|n| guess(if n % 2 == 0 { one } else { other }).send());
    let statuses: Vec<_> = join_all(guesses).await.into_iter().map(|reply| reply.unwrap().status()).collect();
    let judged = statuses.iter().filter(|status| **status == StatusCode::UNAUTHORIZED).count();
    assert_eq!(judged, 5, "{statuses:?}");
    assert!(statuses.iter().all(|status| [StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS].contains(status)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn right_pins_at_both_servers_use_up_no_limit() {
    let smtp = Smtp::start().await;
    let Some(servers) = two_servers("right_pins", &smtp).await else { return };
    let (one, other, http) = (servers.base(0), servers.base(1), client());
    let body = json!({"email": "ada@example.com", "send": false});
    let invite = http.post(format!("{one}/api/v1/invitations")).bearer_auth(&servers.script).json(&body);
    let invitation = answer(invite).await;
    let path = format!("{one}/api/v1/invitations/{}/credentials", text(&invitation, "id"));
    let pin = text(&answer(http.get(path).bearer_auth(&servers.script)).await, "pin");
    let enroll = |n: u128| {
        let base = if n.is_multiple_of(2) { one } else { other };
        http.post(format!("{base}/agent/v1/enroll")).json(&by_pin("ada@example.com", &pin, n))
    };
    // Many at once, of which each limit has five places.
    for reply in join_all((0..60).map(|n| enroll(n).send())).await {
        assert_eq!(reply.unwrap().status(), StatusCode::CREATED);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_that_one_server_gave_out_is_known_to_the_other() {
    let smtp = Smtp::start().await;
    let Some(servers) = two_servers("secrets", &smtp).await else { return };
    let (one, other, http) = (servers.base(0), servers.base(1), client());
    let phone = enroll_of(&http, one, &servers.script, "ada@example.com").await;
    let poll =
        |base: &str, bearer: &str| http.get(format!("{base}/agent/v1/commands?wait=0")).bearer_auth(bearer).send();
    // Both know the phone from memory by now.
    for base in [one, other] {
        assert_eq!(poll(base, &phone.bearer).await.unwrap().status(), StatusCode::NO_CONTENT);
    }
    let renewed = answer(http.post(format!("{one}/agent/v1/renew")).bearer_auth(&phone.bearer)).await;
    let bearer = format!("{}.{}", phone.id, text(&renewed, "device_secret"));
    assert_eq!(poll(other, &bearer).await.unwrap().status(), StatusCode::NO_CONTENT);
}

/// A form of the import, of a browser that is signed in.
fn import_form(base: &str, what: &str, cookie: &str) -> RequestBuilder {
    let request = client().post(format!("{base}/people/import/{what}")).header("cookie", cookie);
    request.header("sec-fetch-site", "same-origin")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_one_server_got_is_imported_through_the_other() {
    let smtp = Smtp::start().await;
    let Some(servers) = two_servers("imports", &smtp).await else { return };
    let (one, other, http) = (servers.base(0), servers.base(1), client());
    let cookie = cookie_of(&sign_in(one, PASSWORD).send().await.unwrap());
    let page = async |base: &str| {
        let request = http.get(format!("{base}/people/import")).header("cookie", &cookie);
        request.send().await.unwrap().text().await.unwrap()
    };
    // 1. One server gets the file, and the other shows what importing it would do.
    let part = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"staff.csv\"\r\n\r\n";
    let lines = (0..1500).map(|line| format!("Person {line},person{line}@example.com\n"));
    let table = lines.collect::<String>();
    let upload = import_form(one, "upload", &cookie).header("content-type", "multipart/form-data; boundary=x");
    let upload = upload.body(format!("{part}name,email\n{table},nobody@example.com\n\r\n--x--\r\n"));
    assert_eq!(upload.send().await.unwrap().headers()["location"], "/people/import");
    let preview = page(other).await;
    assert!(preview.contains("nobody@example.com"), "{preview}");
    let (_, id) = preview.split_once("name=\"id\" value=\"").unwrap();
    let id = id.split('"').next().unwrap().to_owned();
    // 2. The other begins it; whichever leads runs it, and both show its end.
    let start = import_form(other, "start", &cookie).form(&[("id", &id)]);
    assert_eq!(start.send().await.unwrap().headers()["location"], "/people/import");
    for base in [one, other] {
        let is_ended =
            |page: String| page.contains("left-out.csv") && page.contains("1,500") && !page.contains("<progress");
        let ended = timeout(SOON, async { while !is_ended(page(base).await) {} });
        ended.await.unwrap();
        let people = answer(http.get(format!("{base}/api/v1/people")).bearer_auth(&servers.script)).await;
        assert_eq!(people["total"], 1500);
        let left_out = http.get(format!("{base}/people/import/left-out.csv")).header("cookie", &cookie);
        assert!(left_out.send().await.unwrap().text().await.unwrap().contains("The name is missing."));
    }
}
