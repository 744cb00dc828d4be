//! Several servers on one database, behind one address.

use super::{browser::Browser, database, proxy::Proxy};
use crate::{
    cli::{
        load::{Answered, Check, Load, Until},
        program::{Program, Version, run_with_input},
    },
    harness::{ADMIN, PASSWORD, client, text},
    mail::smtp::Smtp,
};
use reqwest::Client;
use serde_json::{Value, json};
use sqlx::{Connection as _, PgConnection};
use std::{
    collections::BTreeSet,
    path::Path,
    sync::{Arc, Mutex},
};
use tempfile::TempDir;
use tokio::{sync::watch, task::JoinHandle};

const SERVERS: usize = 3;
/// How often one of them is killed.
const KILLS: usize = 20;
/// People whom a browser shows, and who change all the time.
const SHOWN: usize = 5;

/// A client that goes to another server each time.
pub(super) fn restless() -> Client {
    drop(client());
    Client::builder().pool_max_idle_per_host(0).no_proxy().build().unwrap()
}

/// Servers on one database.
pub(super) struct Servers {
    /// Of the servers that are started from now on.
    pub(super) version: Version,
    database: String,
    smtp: String,
    folders: Vec<TempDir>,
    programs: Vec<Option<Program>>,
    pub(super) proxy: Proxy,
    pub(super) script: String,
}

impl Servers {
    pub(super) async fn start(database: &str, smtp: &Smtp, count: usize) -> Self {
        Self::start_of(Version::this(), database, smtp, count).await
    }

    pub(super) async fn start_of(version: Version, database: &str, smtp: &Smtp, count: usize) -> Self {
        let folders: Vec<TempDir> = (0..count).map(|_| tempfile::tempdir().unwrap()).collect();
        let flags = ["--database", database];
        let script = version.run(folders[0].path(), &[&["token", "create", "--name", "test"], &flags[..]].concat());
        for folder in &folders[1..] {
            std::fs::copy(folders[0].path().join("secret.key"), folder.path().join("secret.key")).unwrap();
        }
        let mut servers = Self {
            version,
            database: database.to_owned(),
            smtp: format!("smtp://{}", smtp.address),
            folders,
            programs: (0..count).map(|_| None).collect(),
            proxy: Proxy::start().await,
            script,
        };
        for number in 0..count {
            servers.run(number);
        }
        servers
    }

    pub(super) fn folder(&self, number: usize) -> &Path {
        self.folders[number].path()
    }

    pub(super) fn run(&mut self, number: usize) {
        let flags = ["--database", &self.database, "--smtp-url", &self.smtp];
        let program = Program::start_of(&self.version, self.folder(number), &flags);
        self.proxy.add(&program.base);
        self.programs[number] = Some(program);
    }

    /// No connection goes to a server from now on.
    fn take(&mut self, number: usize) -> Program {
        let program = self.programs[number].take().unwrap();
        self.proxy.remove(&program.base);
        program
    }

    fn kill(&mut self, number: usize) {
        self.take(number).kill();
    }

    /// Ends a server as an operator does, once the proxy has nothing for it any more.
    pub(super) async fn stop(&mut self, number: usize) {
        let program = self.take(number);
        self.proxy.drained(&program.base).await;
        assert!(program.stop().success());
    }

    pub(super) fn base(&self, number: usize) -> &str {
        &self.programs[number].as_ref().unwrap().base
    }
}

/// Invites people by mail until it is asked to stop; returns the invitations that were answered.
pub(super) fn invite_by_mail(base: String, script: String, end: watch::Receiver<bool>) -> JoinHandle<Vec<String>> {
    tokio::spawn(async move {
        let (http, mut invited) = (restless(), Vec::new());
        for number in 0.. {
            if *end.borrow() {
                break;
            }
            let body = json!({"email": format!("mailed{number}@example.com"), "send": true});
            let request = http.post(format!("{base}/api/v1/invitations")).bearer_auth(&script).json(&body);
            if let Ok(response) = request.send().await
                && response.status().is_success()
                && let Ok(invitation) = response.json::<Value>().await
            {
                invited.push(text(&invitation, "id"));
            }
        }
        invited
    })
}

/// Changes names in turn until it is asked to stop.
pub(super) fn rename(base: String, script: String, people: Vec<String>, end: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let http = restless();
        for number in 0.. {
            if *end.borrow() {
                break;
            }
            let url = format!("{base}/api/v1/people/{}", people[number % people.len()]);
            let request = http.patch(url).bearer_auth(&script).json(&json!({"name": format!("Ada {number}")}));
            // A server that was killed does not answer.
            drop(request.send().await);
        }
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_of_one_of_three_servers_lose_nothing_and_double_nothing() {
    let Some(url) = database("servers").await else { return };
    let smtp = Smtp::start().await;
    let mut servers = Servers::start(&url, &smtp, SERVERS).await;
    let create = ["account", "create", "--email", ADMIN, "--password-stdin", "--database", &url];
    run_with_input(servers.folder(0), &create, PASSWORD);
    let mut shown = Vec::new();
    for number in 0..SHOWN {
        let body = json!({"name": "Ada", "email": format!("shown{number}@example.com")});
        let request = client().post(format!("{}/api/v1/people", servers.base(0))).bearer_auth(&servers.script);
        shown.push(text(&request.json(&body).send().await.unwrap().json().await.unwrap(), "id"));
    }
    let browser = Browser::open(&servers.proxy.base, shown.clone()).await;
    let (http, answered) = (restless(), Arc::new(Mutex::new(Answered::default())));
    let (base, script) = (servers.proxy.base.clone(), servers.script.clone());
    let mut load = Load::start_until(Until::Asked, &http, &base, &script, 0, &answered);
    let (end, ended) = watch::channel(false);
    let inviting = invite_by_mail(base.clone(), script.clone(), ended.clone());
    let renaming = rename(base.clone(), script.clone(), shown.clone(), ended);
    for kill in 0..KILLS {
        let before = load.counts().done;
        load.until(|counts| counts.done > before + 20 + kill * 37 % 60).await;
        servers.kill(kill % SERVERS);
        let before = load.counts().done;
        load.until(|counts| counts.done > before + 10).await;
        servers.run(kill % SERVERS);
    }
    end.send_replace(true);
    load.end().await;
    let invited = inviting.await.unwrap();
    renaming.await.unwrap();
    // 1. Nothing that was answered is lost, no command either, and nothing stands twice.
    let answered = std::mem::take(&mut *answered.lock().unwrap());
    for number in 0..SERVERS {
        Check { http: &http, base: servers.base(number), script: &script }.everything_is_there(&answered).await;
    }
    // 2. No mail was sent twice, and none is forgotten: it was sent, or an admin sees that it may have been.
    let mailed = mailed_once(&http, &base, &script, &invited, &smtp).await;
    assert!(mailed + SERVERS + KILLS >= invited.len(), "{mailed} of {}", invited.len());
    // 3. No live event was missed: of each person that the browser shows it heard the latest change.
    for person in &shown {
        browser.heard_of(person, latest_entry(&url, person).await).await;
    }
    assert!(browser.changes() > KILLS, "they were told one by one, not by hints alone");
}

/// Waits until each mail has an end; none was sent twice. Returns how many were sent.
pub(super) async fn mailed_once(http: &Client, base: &str, script: &str, invited: &[String], smtp: &Smtp) -> usize {
    assert!(!invited.is_empty());
    for id in invited {
        let mut state = String::new();
        while !["sent", "failed", "deactivated"].contains(&state.as_str()) {
            let request = http.get(format!("{base}/api/v1/invitations/{id}")).bearer_auth(script);
            let invitation: Value = request.send().await.unwrap().json().await.unwrap();
            state = text(&invitation["delivery"], "state");
        }
    }
    let mails = smtp.until(|_| true).await.mails;
    let recipients: BTreeSet<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(recipients.len(), mails.len(), "somebody got a mail twice");
    recipients.len()
}

/// The number of the latest journal entry about a person.
pub(super) async fn latest_entry(database: &str, person: &str) -> i64 {
    let mut db = PgConnection::connect(database).await.unwrap();
    let latest = sqlx::query_scalar("select max(seq) from journal where person_id = $1::uuid").bind(person);
    latest.fetch_one(&mut db).await.unwrap()
}
