//! A browser that reads the live stream, connects again as browsers do, and says what it shows.

use super::servers::restless;
use crate::harness::{ADMIN, PASSWORD, client, cookie_of};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use std::{collections::HashMap, time::Duration};
use tokio::{sync::watch, task::JoinHandle, time::timeout};

/// What it has heard.
#[derive(Default)]
struct Heard {
    /// The place in the journal up to which everything was told that it shows.
    place: Option<i64>,
    /// The latest entry about each person.
    people: HashMap<String, i64>,
    /// Changes of what it shows.
    changes: usize,
}

/// A signed-in browser.
pub(super) struct Browser {
    heard: watch::Receiver<Heard>,
    reading: JoinHandle<()>,
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.reading.abort();
    }
}

impl Browser {
    /// Signs in at `base`, and shows these people. Returns once the stream has begun.
    pub(super) async fn open(base: &str, people: Vec<String>) -> Self {
        let form = [("email", ADMIN), ("password", PASSWORD), ("next", "/people")];
        let request = client().post(format!("{base}/fn/account/sign-in")).header("sec-fetch-site", "same-origin");
        let cookie = cookie_of(&request.header("accept", "text/html").form(&form).send().await.unwrap());
        let (sender, heard) = watch::channel(Heard::default());
        let reader = Reader { http: restless(), url: format!("{base}/live"), cookie, people, heard: sender };
        let reading = tokio::spawn(async move {
            loop {
                reader.read().await;
            }
        });
        let mut browser = Self { heard, reading };
        browser.heard.changed().await.unwrap();
        browser
    }

    /// Waits until it has heard of an entry about a person, by itself or by a hint to fetch everything up to a later one.
    pub(super) async fn heard_of(&self, person: &str, entry: i64) {
        let mut heard = self.heard.clone();
        let is_told = |heard: &Heard| {
            heard.people.get(person).is_some_and(|seq| *seq >= entry) || heard.place.is_some_and(|place| place >= entry)
        };
        let told = timeout(Duration::from_secs(20), heard.wait_for(is_told)).await.is_ok();
        let heard = self.heard.borrow();
        assert!(told, "entry {entry} about {person} was missed: {:?}, {:?}", heard.place, heard.people);
    }

    /// How many changes it was told of what it shows.
    pub(super) fn changes(&self) -> usize {
        self.heard.borrow().changes
    }
}

struct Reader {
    http: Client,
    url: String,
    cookie: String,
    people: Vec<String>,
    heard: watch::Sender<Heard>,
}

impl Reader {
    /// Reads until the server is gone.
    async fn read(&self) {
        let mut request = self.http.get(&self.url).header("cookie", &self.cookie);
        if let Some(place) = self.heard.borrow().place {
            request = request.header("last-event-id", place.to_string());
        }
        // One that was killed hangs up; another one answers.
        let Ok(mut response) = request.send().await else { return };
        assert_eq!(response.status(), StatusCode::OK, "the session is known to all servers");
        let mut text = String::new();
        while let Ok(Some(chunk)) = response.chunk().await {
            text.push_str(std::str::from_utf8(&chunk).unwrap());
            while let Some((block, rest)) = text.split_once("\n\n") {
                self.take(block).await;
                text = rest.to_owned();
            }
        }
    }

    async fn take(&self, block: &str) {
        assert!(!block.contains("event: reset"), "nothing was missed");
        let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name));
        let place = field("id: ").and_then(|id| id.parse::<i64>().ok());
        let data = field("data: ").unwrap_or_default();
        let change = (field("event: ") == Some("change")).then(|| serde_json::from_str::<Value>(data).unwrap());
        self.heard.send_modify(|heard| {
            heard.place = heard.place.max(place);
            let Some(change) = change else { return };
            if let (Some(person), Some(seq)) = (change["person_id"].as_str(), change["seq"].as_i64()) {
                let latest = heard.people.entry(person.to_owned()).or_default();
                *latest = seq.max(*latest);
                heard.changes += 1;
            }
        });
        if field("event: ") == Some("stream") {
            self.show(data).await;
        }
    }

    /// Says what is shown, most often to another server than the one that the stream comes from.
    async fn show(&self, stream: &str) {
        let request = self.http.put(format!("{}/{stream}", self.url)).header("cookie", &self.cookie);
        let request = request.header("sec-fetch-site", "same-origin");
        if let Ok(response) = request.json(&json!({"rows": self.people})).send().await {
            assert_eq!(response.status(), StatusCode::NO_CONTENT);
        }
    }
}
