//! `/live`: what changed, and nothing missed.

use crate::harness::{ADMIN, PASSWORD, Phone, Server, by_token, cookie_of, facts, problem};
use domain::{
    actor::Actor,
    invitation::credentials::CredentialsView,
    types::ids::{SessionId, SlotId},
};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use service::{LiveEvent, RowNews, RowWatch, Shown, live::Reach};
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use uuid::Uuid;

/// An event of a stream.
#[derive(Debug, PartialEq)]
pub struct SentEvent {
    id: Option<i64>,
    event: String,
    pub data: Value,
}

/// Reads a stream event by event.
pub struct Reader {
    response: Response,
    text: String,
}

impl Reader {
    pub async fn open(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        assert!(!response.headers().contains_key("content-encoding"));
        Self { response, text: String::new() }
    }

    /// The next event that carries data; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<SentEvent> {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let events = parse(block);
                self.text = rest.to_owned();
                if events.is_some() {
                    return events;
                }
            }
            let chunk = self.response.chunk().await.unwrap()?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// The name of the stream, which it says at the beginning.
    pub async fn name(&mut self) -> String {
        loop {
            if let Some((_, rest)) = self.text.split_once("event: stream\ndata: ")
                && let Some((name, _)) = rest.split_once('\n')
            {
                return name.to_owned();
            }
            let chunk = self.response.chunk().await.unwrap().unwrap();
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// Says what the browser with this cookie shows on this stream.
    async fn show(&mut self, server: &Server, cookie: &str, shown: &Value) -> Response {
        let url = format!("{}/live/{}", server.base, self.name().await);
        let put = server.client.put(url).header("cookie", cookie).header("sec-fetch-site", "same-origin");
        put.json(shown).send().await.unwrap()
    }
}

/// Opens a stream that shows this.
async fn showing(server: &Server, cookie: &str, shown: &Value) -> Reader {
    let mut stream = Reader::open(server.get("/live").header("cookie", cookie)).await;
    assert_eq!(stream.show(server, cookie, shown).await.status(), StatusCode::NO_CONTENT);
    stream
}

/// Parses an event; `None` for comments, the version of the front end, the name of the stream and the state of the outbox.
fn parse(block: &str) -> Option<SentEvent> {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    if matches!(field("event:"), Some("front-end" | "stream" | "outbox")) {
        return None;
    }
    Some(SentEvent {
        id: field("id:").map(|id| id.parse().unwrap()),
        event: field("event:").unwrap_or("message").to_owned(),
        data: serde_json::from_str(field("data:")?).unwrap(),
    })
}

#[tokio::test]
async fn a_stream_needs_a_session() {
    let server = Server::start().await;
    problem(server.get("/live").send().await.unwrap(), 401, "unauthenticated").await;
}

#[tokio::test]
async fn a_change_is_sent_with_its_sequence_number_and_its_row() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let invited = server.invite("ada@example.com").await;
    let mut stream = showing(&server, &cookie, &json!({"rows": [invited.slot]})).await;
    server.enroll(&invited.token, 1).await;
    let told = stream.next().await.unwrap();
    assert_eq!(told.event, "change");
    assert_eq!(told.data["slot_id"], invited.slot.to_string());
    assert_eq!(told.id, told.data["seq"].as_i64());
}

#[tokio::test]
async fn whoever_does_not_show_what_changed_hears_only_that_lists_may_have_changed() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let (ada, bob) = (server.invite("ada@example.com").await, server.invite("bob@example.com").await);
    let people = server.rollcall.slot(ada.slot).await.unwrap().item.row.person_id;
    let mut shows_row = showing(&server, &cookie, &json!({"rows": [ada.slot]})).await;
    let mut shows_person = showing(&server, &cookie, &json!({"rows": [people]})).await;
    let mut shows_invitation = showing(&server, &cookie, &json!({"rows": [ada.invitation]})).await;
    let mut shows_other = showing(&server, &cookie, &json!({"rows": [bob.slot]})).await;
    let mut shows_nothing = Reader::open(server.get("/live").header("cookie", &cookie)).await;
    server.enroll(&ada.token, 1).await;
    let mut first = None;
    for stream in [&mut shows_row, &mut shows_person, &mut shows_invitation] {
        let told = stream.next().await.unwrap();
        assert_eq!(told.data["slot_id"], json!(ada.slot));
        first = told.data["seq"].as_i64();
    }
    // A list that may have another row now fetches all the same.
    for stream in [&mut shows_other, &mut shows_nothing] {
        loop {
            let hint = stream.next().await.unwrap();
            assert_eq!(hint.data, json!({"kind": "lists", "reach": "lists", "seq": hint.id}));
            if hint.id >= first {
                break;
            }
        }
    }
    // A device that was on no page yet is one of a person who is.
    server.enroll(&ada.token, 2).await;
    loop {
        let told = shows_person.next().await.unwrap();
        if told.data["slot_id"] != json!(ada.slot) {
            assert_eq!(told.data["person_id"], json!(people));
            break;
        }
    }
}

/// A device that enrolled completely, and its row.
async fn active_phone(server: &Server) -> (Phone, SlotId) {
    let invited = server.invite("ada@example.com").await;
    let phone = server.enroll(&invited.token, 1).await;
    server.inventory(&phone, &facts()).await;
    server.progress(&phone, &json!({"step": "done"})).await;
    (phone, invited.slot)
}

/// The next event that is not in the journal, which a worker publishes later.
async fn next_quiet(live: &mut Receiver<LiveEvent>) -> LiveEvent {
    loop {
        match live.recv().await.unwrap() {
            LiveEvent::Changed(change) if change.seq.is_some() => {}
            event => return event,
        }
    }
}

/// A browser that shows the pages of devices, and has heard of everything until now.
async fn browser(server: &Server, pages: &[SlotId]) -> RowWatch {
    let session = SessionId(Uuid::from_u128(1));
    let watch = server.rollcall.watch_rows(session);
    assert!(server.rollcall.show_rows(watch.id(), session, Shown::pages(pages.to_vec())));
    // A worker publishes what is in the journal, in its order.
    let mut live = server.rollcall.live();
    let last = server.invite("last@example.com").await.slot;
    while !matches!(live.recv().await.unwrap(), LiveEvent::Changed(change) if change.slot_id == Some(last)) {}
    let _ = (watch.take(), watch.take_contacts());
    watch
}

/// What a browser heard of the report that was answered a moment ago.
fn heard(browser: &RowWatch) -> LiveEvent {
    let mut contacts = browser.take_contacts();
    match browser.take() {
        Some(RowNews::Changes(mut changes)) => LiveEvent::Changed(changes.remove(0)),
        None => LiveEvent::Contact(contacts.pop().expect("a change or a contact")),
        Some(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_heartbeat_is_news_only_if_it_says_something_new() {
    let server = Server::start().await;
    let (phone, slot) = active_phone(&server).await;
    let live = browser(&server, &[slot]).await;
    let beat = |seq: u64, level: u8| json!({"seq": seq, "battery": {"level": level, "charging": false}});
    server.beat(&phone, &beat(1, 50)).await;
    let LiveEvent::Changed(change) = heard(&live) else { panic!("the first level is news") };
    assert_eq!((change.slot_id, change.reach), (Some(slot), Reach::Page), "lists show no battery");
    for seq in 2..12 {
        server.beat(&phone, &beat(seq, 50)).await;
        let LiveEvent::Contact(contact) = heard(&live) else { panic!("nothing new") };
        assert_eq!((contact.slot_id, contact.is_report), (slot, true));
    }
    server.beat(&phone, &beat(12, 49)).await;
    assert!(matches!(heard(&live), LiveEvent::Changed(change) if change.reach == Reach::Page));
    server.clock.advance(Duration::from_secs(1));
    // A poll tells nothing but that the device is there.
    server.as_phone(&phone, Method::GET, "/agent/v1/commands?wait=0").send().await.unwrap();
    assert!(matches!(heard(&live), LiveEvent::Contact(contact) if !contact.is_report));
}

#[tokio::test]
async fn a_row_that_changes_without_an_entry_reaches_the_lists() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let mut body = by_token(&invited.token, 1);
    body["platform"] = json!("android");
    let phone = Phone::of(&server.try_enroll(&body).await.json().await.unwrap());
    server.inventory(&phone, &facts()).await;
    let permissions = |a, b| json!({"location": a, "notifications": b, "device_admin": true});
    server.beat(&phone, &json!({"seq": 1, "permissions": permissions(true, true)})).await;
    server.progress(&phone, &json!({"step": "done"})).await;
    assert_eq!(server.status_of(invited.slot).await, "active");
    server.beat(&phone, &json!({"seq": 2, "permissions": permissions(false, false)})).await;
    let mut live = server.rollcall.live();
    // One permission of two is back: the row names the other one, and the state stays.
    server.beat(&phone, &json!({"seq": 3, "permissions": permissions(true, false)})).await;
    assert!(matches!(next_quiet(&mut live).await, LiveEvent::Changed(change) if change.reach == Reach::Lists));
}

#[tokio::test]
async fn credentials_that_stay_on_the_screen_are_one_look() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let shown = server.rollcall.credentials(Actor::System, invited.invitation).await.unwrap();
    let head = server.rollcall.journal_head().await.unwrap();
    for _ in 0..3 {
        let again = server.rollcall.credentials_again(Actor::System, invited.invitation, &shown).await.unwrap();
        assert_eq!(again, None);
    }
    assert_eq!(server.rollcall.journal_head().await.unwrap(), head);
    // What the reader has not seen is another look.
    let other = CredentialsView { pin: "0000 0000".to_owned(), ..shown.clone() };
    let fresh = server.rollcall.credentials_again(Actor::System, invited.invitation, &other).await.unwrap();
    assert_eq!(fresh, Some(shown));
    assert_eq!(server.rollcall.journal_head().await.unwrap(), head + 1);
}

#[tokio::test]
async fn a_page_that_broke_leaves_a_line_in_the_log() {
    let server = Server::start().await;
    let told = || server.post("/page-trouble").header("sec-fetch-site", "same-origin").body("/devices unreachable");
    problem(told().send().await.unwrap(), 401, "unauthenticated").await;
    let cookie = server.signed_in().await;
    assert_eq!(told().header("cookie", cookie).send().await.unwrap().status(), 204);
}

#[tokio::test]
async fn a_browser_that_reconnects_gets_what_it_missed() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    server.invite("ada@example.com").await;
    let seen = server.rollcall.journal_head().await.unwrap();
    server.invite("bob@example.com").await;
    let head = server.rollcall.journal_head().await.unwrap();
    let by_header = server.get("/live").header("cookie", &cookie).header("last-event-id", seen);
    let by_script = server.get(&format!("/live?after={seen}")).header("cookie", &cookie);
    let mut streams = Vec::new();
    for request in [by_header, by_script] {
        let mut stream = Reader::open(request).await;
        let mut ids = Vec::new();
        while ids.last() != Some(&head) {
            ids.push(stream.next().await.unwrap().id.unwrap());
        }
        assert_eq!(ids, (seen + 1..=head).collect::<Vec<_>>());
        streams.push(stream);
    }
    server.invite("cleo@example.com").await;
    for mut stream in streams {
        assert!(stream.next().await.unwrap().id > Some(head), "once, and in order");
    }
}

#[tokio::test]
async fn a_browser_that_is_too_far_behind_starts_over() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let head = server.rollcall.journal_head().await.unwrap();
    for unknown in [head + 1_000_000, i64::MAX] {
        let request = server.get("/live").header("cookie", &cookie).header("last-event-id", unknown);
        let mut stream = Reader::open(request).await;
        assert_eq!(stream.next().await.unwrap().event, "reset");
    }
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_no_other_does() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let other = cookie_of(&server.sign_in(ADMIN, PASSWORD).await);
    let mut ended = Reader::open(server.get("/live").header("cookie", &cookie)).await;
    let mut going_on = Reader::open(server.get("/live").header("cookie", &other)).await;
    let token = cookie.split_once('=').unwrap().1;
    server.rollcall.sign_out(token, None).await.unwrap();
    assert_eq!(ended.next().await, None);
    server.invite("ada@example.com").await;
    assert_eq!(going_on.next().await.unwrap().event, "change");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_when_the_server_shuts_down() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    let mut stream = Reader::open(server.get("/live").header("cookie", cookie)).await;
    server.stop().await;
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn what_a_device_can_do_reaches_its_page() {
    let server = Server::start().await;
    let (phone, slot) = active_phone(&server).await;
    let live = browser(&server, &[slot]).await;
    let can = |seq: u64, ring: bool| {
        let commands = json!({"ring": {"supported": ring}});
        json!({"seq": seq, "capabilities": {"commands": commands, "permissions": []}})
    };
    for (seq, ring, is_news) in [(1, false, true), (2, false, false), (3, true, true), (4, true, false)] {
        server.beat(&phone, &can(seq, ring)).await;
        match heard(&live) {
            LiveEvent::Changed(change) => assert_eq!((is_news, change.slot_id), (true, Some(slot)), "{seq}"),
            LiveEvent::Contact(contact) => assert_eq!((is_news, contact.is_report), (false, true), "{seq}"),
            event => panic!("{event:?}"),
        }
    }
    // An inventory without news is a report as well.
    server.clock.advance(Duration::from_secs(1));
    server.inventory(&phone, &facts()).await;
    assert!(matches!(heard(&live), LiveEvent::Contact(contact) if contact.is_report));
}

#[tokio::test]
async fn a_heartbeat_of_one_device_is_no_news_of_another_one_of_the_person() {
    let server = Server::start().await;
    let invited = server.invite("ada@example.com").await;
    let (one, two) = (server.enroll(&invited.token, 1).await, server.enroll(&invited.token, 2).await);
    for phone in [&one, &two] {
        server.inventory(phone, &facts()).await;
        server.progress(phone, &json!({"step": "done"})).await;
        server.beat(phone, &json!({"seq": 1, "battery": {"level": 50, "charging": false}})).await;
    }
    let slot = server.rollcall.device_slot(two.id).await.unwrap().item.row.id;
    let live = browser(&server, &[slot]).await;
    server.clock.advance(Duration::from_mins(1));
    server.beat(&two, &json!({"seq": 2, "battery": {"level": 50, "charging": false}})).await;
    assert!(matches!(heard(&live), LiveEvent::Contact(_)));
}

#[tokio::test]
async fn a_browser_hears_reports_of_devices_whose_pages_it_shows_and_of_no_others() {
    let server = Server::start().await;
    let (phone, slot) = active_phone(&server).await;
    let cookie = server.signed_in().await;
    let stranger = cookie_of(&server.sign_in(ADMIN, PASSWORD).await);
    let mut page = Reader::open(server.get("/live").header("cookie", &cookie)).await;
    let shown = json!({"rows": [], "pages": [slot]});
    problem(page.show(&server, "", &shown).await, 401, "unauthenticated").await;
    problem(page.show(&server, &stranger, &shown).await, 404, "not_found").await;
    problem(page.show(&server, &cookie, &json!({"rows": ["no row"]})).await, 422, "field_invalid").await;
    assert_eq!(page.show(&server, &cookie, &shown).await.status(), 204);
    let mut list = showing(&server, &cookie, &json!({"rows": [slot]})).await;
    server.beat(&phone, &json!({"seq": 1, "battery": {"level": 50, "charging": false}})).await;
    let change = loop {
        let next = page.next().await.unwrap();
        if next.data["seq"].is_null() {
            break next;
        }
    };
    assert_eq!(change.data["slot_id"], json!(slot), "not in the journal");
    // Lists show no battery. What this one hears first is a change for everybody.
    server.invite("bob@example.com").await;
    assert!(list.next().await.unwrap().id.is_some());
}
