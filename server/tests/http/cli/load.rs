//! Load on a program that is killed: workers who note what was answered, and the check that all of it is there afterwards.

use crate::harness::{Phone, by_token, text};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{sync::watch, task::JoinHandle};

/// What was answered.
#[derive(Default)]
pub struct Answered {
    emails: BTreeSet<String>,
    ended: BTreeSet<String>,
    /// The bearer token of each device.
    devices: BTreeMap<String, String>,
    /// The facts that may be stored: those that were answered last (before that none, the empty text), and those whose answer
    /// was lost since.
    facts: BTreeMap<String, BTreeSet<String>>,
    commands: BTreeMap<String, String>,
    results: BTreeSet<String>,
}

/// How many answers there were in this life of the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Requests that were done.
    pub done: usize,
    /// Requests that were refused because the database could not be used.
    pub refused: usize,
    /// Times that there was no answer.
    pub lost: usize,
}

/// Workers: of one life of the program, or of many.
pub struct Load {
    counts: watch::Receiver<Counts>,
    workers: Vec<JoinHandle<()>>,
    end: watch::Sender<bool>,
}

/// When workers stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// When the program does not answer any more.
    NoAnswer,
    /// When they are asked to: what is not answered is left, and the next thing is begun.
    Asked,
}

impl Load {
    /// Starts workers.
    pub fn start(http: &Client, base: &str, script: &str, life: usize, answered: &Arc<Mutex<Answered>>) -> Self {
        Self::start_until(Until::NoAnswer, http, base, script, life, answered)
    }

    /// Starts workers that stop then.
    pub fn start_until(
        until: Until,
        http: &Client,
        base: &str,
        script: &str,
        life: usize,
        answered: &Arc<Mutex<Answered>>,
    ) -> Self {
        let (sender, counts) = watch::channel(Counts::default());
        let end = watch::Sender::new(false);
        let workers = (0..6).map(|number| {
            let worker = Worker {
                http: http.clone(),
                base: base.to_owned(),
                script: script.to_owned(),
                name: format!("life{life}-worker{number}"),
                answered: Arc::clone(answered),
                counts: sender.clone(),
                next: AtomicUsize::new(0),
            };
            let ended = end.subscribe();
            tokio::spawn(async move {
                loop {
                    let is_answered = worker.work().await.is_some();
                    if !is_answered {
                        worker.counts.send_modify(|counts| counts.lost += 1);
                    }
                    if *ended.borrow() || (until == Until::NoAnswer && !is_answered) {
                        return;
                    }
                }
            })
        });
        Self { workers: workers.collect(), counts, end }
    }

    /// Asks the workers to stop, and waits until they have.
    pub async fn end(self) {
        self.end.send_replace(true);
        self.ended().await;
    }

    /// Waits until enough was done or refused.
    pub async fn until(&mut self, enough: impl FnMut(&Counts) -> bool) -> Counts {
        *self.counts.wait_for(enough).await.expect("all workers stopped although the program runs")
    }

    /// How many answers there were until now.
    pub fn counts(&self) -> Counts {
        *self.counts.borrow()
    }

    /// Waits for the workers of a program that was killed.
    pub async fn ended(self) {
        for worker in self.workers {
            worker.await.unwrap();
        }
    }
}

struct Worker {
    http: Client,
    base: String,
    script: String,
    name: String,
    answered: Arc<Mutex<Answered>>,
    counts: watch::Sender<Counts>,
    /// Names the next person.
    next: AtomicUsize,
}

impl Worker {
    fn request(&self, method: Method, path: &str, bearer: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base)).bearer_auth(bearer)
    }

    /// Sends a request; `None` when there is no answer. Any answer but a success or an outage is a fault.
    async fn send(&self, request: RequestBuilder) -> Option<Option<Response>> {
        let response = request.send().await.ok()?;
        if response.status().is_success() {
            self.counts.send_modify(|counts| counts.done += 1);
            return Some(Some(response));
        }
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE, "{}", response.text().await.unwrap_or_default());
        assert!(response.headers().contains_key("retry-after"));
        self.counts.send_modify(|counts| counts.refused += 1);
        Some(None)
    }

    async fn json(&self, request: RequestBuilder) -> Option<Option<Value>> {
        match self.send(request).await? {
            Some(response) => Some(Some(response.json().await.ok()?)),
            None => Some(None),
        }
    }

    /// The whole life of a person and a device. `None` when the program does not answer.
    async fn work(&self) -> Option<()> {
        let email = format!("{}-{}@example.com", self.name, self.next.fetch_add(1, Ordering::Relaxed));
        let body = json!({"email": email, "send": false});
        let request = self.request(Method::POST, "/api/v1/invitations", &self.script).json(&body);
        let Some(invitation) = self.json(request).await? else { return Some(()) };
        self.note(|answered| answered.emails.insert(email));
        let id = text(&invitation, "id");
        let request = self.request(Method::GET, &format!("/api/v1/invitations/{id}/credentials"), &self.script);
        let Some(credentials) = self.json(request).await? else { return Some(()) };
        let token = text(&credentials, "url").rsplit('/').next()?.to_owned();
        let request = self.request(Method::POST, "/agent/v1/enroll", "none").json(&by_token(&token, 1));
        let Some(reply) = self.json(request).await? else { return Some(()) };
        let phone = Phone::of(&reply);
        self.note(|answered| answered.devices.insert(phone.id.to_string(), phone.bearer.clone()));
        for number in 0..3 {
            self.report(&phone, &format!("{id}-{number}")).await?;
        }
        self.command(&phone).await?;
        let request = self.request(Method::POST, &format!("/api/v1/invitations/{id}/deactivate"), &self.script);
        if self.send(request).await?.is_some() {
            self.note(|answered| answered.ended.insert(id));
        }
        Some(())
    }

    async fn report(&self, phone: &Phone, fact: &str) -> Option<()> {
        let body = json!({"schema_version": 1, "groups": {"hardware": {"fact": fact}}});
        // Until it is answered, either may be stored.
        self.note(|answered| {
            let stored = answered.facts.entry(phone.id.to_string()).or_insert_with(|| [String::new()].into());
            stored.insert(fact.to_owned());
        });
        let request = self.request(Method::PUT, "/agent/v1/inventory", &phone.bearer).json(&body);
        if self.send(request).await?.is_some() {
            self.note(|answered| answered.facts.insert(phone.id.to_string(), [fact.to_owned()].into()));
        }
        Some(())
    }

    async fn command(&self, phone: &Phone) -> Option<()> {
        let path = format!("/api/v1/devices/{}/commands", phone.id);
        let body = json!({"type": "ring", "params": {"seconds": 5}});
        let Some(made) = self.json(self.request(Method::POST, &path, &self.script).json(&body)).await? else {
            return Some(());
        };
        let id = text(&made, "id");
        self.note(|answered| answered.commands.insert(id.clone(), phone.id.to_string()));
        // Asked for at one server, it wakes or is found by a poll at another one.
        let Some(offer) = self.send(self.request(Method::GET, "/agent/v1/commands?wait=20", &phone.bearer)).await?
        else {
            return Some(());
        };
        assert_eq!(offer.status(), StatusCode::OK, "command {id} is not offered");
        let path = format!("/agent/v1/commands/{id}/result");
        let request = self.request(Method::POST, &path, &phone.bearer).json(&json!({"status": "completed"}));
        if self.send(request).await?.is_some() {
            self.note(|answered| answered.results.insert(id));
        }
        Some(())
    }

    fn note<T>(&self, note: impl FnOnce(&mut Answered) -> T) {
        note(&mut self.answered.lock().unwrap());
    }
}

/// Reads everything back.
pub struct Check<'a> {
    pub http: &'a Client,
    pub base: &'a str,
    pub script: &'a str,
}

impl Check<'_> {
    async fn get(&self, path: &str) -> Value {
        let request = self.http.get(format!("{}{path}", self.base)).bearer_auth(self.script);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.unwrap()
    }

    /// All items of a list.
    async fn list(&self, path: &str) -> Vec<Value> {
        let (mut items, mut after) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("{path}?size=100{after}")).await;
            items.extend(page["items"].as_array().unwrap().iter().cloned());
            let Some(next) = page["next"].as_str() else { return items };
            after = format!("&after={next}");
        }
    }

    /// Nothing that was answered is lost, nothing stands twice, and every device is still known.
    pub async fn everything_is_there(&self, answered: &Answered) {
        let people: Vec<String> =
            self.list("/api/v1/people").await.iter().map(|person| text(person, "email")).collect();
        let emails: BTreeSet<String> = people.iter().cloned().collect();
        assert_eq!(emails.len(), people.len(), "somebody stands twice");
        assert!(emails.is_superset(&answered.emails), "{:?}", answered.emails.difference(&emails));
        let slots = self.list("/api/v1/slots").await;
        let rows: Vec<&str> = slots.iter().filter_map(|slot| slot["device"]["id"].as_str()).collect();
        let ids: BTreeSet<&str> = rows.iter().copied().collect();
        assert_eq!(ids.len(), rows.len(), "a device stands twice");
        for id in &answered.ended {
            assert_eq!(self.get(&format!("/api/v1/invitations/{id}")).await["state"], "deactivated");
        }
        for (id, bearer) in &answered.devices {
            assert!(ids.contains(id.as_str()), "device {id} is lost");
            self.device_is_there(answered, id, bearer).await;
        }
    }

    async fn device_is_there(&self, answered: &Answered, id: &str, bearer: &str) {
        if let Some(facts) = answered.facts.get(id) {
            let device = self.get(&format!("/api/v1/devices/{id}")).await;
            let stored = device["inventory"]["groups"]["hardware"]["fact"].as_str().unwrap_or_default();
            assert!(facts.contains(stored), "{id}: {stored} is none of {facts:?}");
        }
        let stored = self.get(&format!("/api/v1/devices/{id}/commands")).await;
        let stored: BTreeMap<&str, &str> = stored.as_array().unwrap().iter().filter_map(id_and_state).collect();
        for command in answered.commands.iter().filter(|(_, device)| *device == id).map(|(command, _)| command.as_str())
        {
            let state = stored.get(command).unwrap_or_else(|| panic!("command {command} is lost"));
            assert!(!answered.results.contains(command) || *state == "completed", "{command} is {state}");
        }
        let poll = self.http.get(format!("{}/agent/v1/commands?wait=0", self.base)).bearer_auth(bearer);
        assert!(poll.send().await.unwrap().status().is_success(), "the secret of {id} is not known");
    }
}

fn id_and_state(command: &Value) -> Option<(&str, &str)> {
    Some((command["id"].as_str()?, command["state"].as_str()?))
}
