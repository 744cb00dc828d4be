//! Several servers on one database, behind one address.

use super::{database, proxy::Proxy};
use crate::{
    cli::{
        load::{Answered, Check, Load, Until},
        program::{Program, run, run_with_input},
    },
    harness::{ADMIN, PASSWORD, client, cookie_of, text},
    mail::smtp::Smtp,
};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use sqlx::{Connection as _, PgConnection};
use std::{
    collections::BTreeSet,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};
use tempfile::TempDir;
use tokio::{sync::watch, task::JoinHandle};

const SERVERS: usize = 3;
/// How often one of them is killed.
const KILLS: usize = 20;

/// A client that goes to another server each time.
pub(super) fn restless() -> Client {
    drop(client());
    Client::builder().pool_max_idle_per_host(0).no_proxy().build().unwrap()
}

/// Servers on one database.
pub(super) struct Servers {
    database: String,
    smtp: String,
    folders: Vec<TempDir>,
    programs: Vec<Option<Program>>,
    pub(super) proxy: Proxy,
    pub(super) script: String,
}

impl Servers {
    pub(super) async fn start(database: &str, smtp: &Smtp, count: usize) -> Self {
        let folders: Vec<TempDir> = (0..count).map(|_| tempfile::tempdir().unwrap()).collect();
        let flags = ["--database", database];
        let script = run(folders[0].path(), &[&["token", "create", "--name", "test"], &flags[..]].concat());
        for folder in &folders[1..] {
            std::fs::copy(folders[0].path().join("secret.key"), folder.path().join("secret.key")).unwrap();
        }
        let mut servers = Self {
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
        let program = Program::start_with_flags(self.folder(number), &flags);
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

    /// Ends a server as an operator does.
    pub(super) fn stop(&mut self, number: usize) {
        assert!(self.take(number).stop().success());
    }

    pub(super) fn base(&self, number: usize) -> &str {
        &self.programs[number].as_ref().unwrap().base
    }
}

/// A browser that reads the live stream, and connects again as browsers do.
struct Browser {
    seen: watch::Receiver<BTreeSet<i64>>,
    reading: JoinHandle<()>,
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.reading.abort();
    }
}

impl Browser {
    async fn open(base: &str) -> Self {
        let form = [("email", ADMIN), ("password", PASSWORD), ("next", "/people")];
        let request = client().post(format!("{base}/fn/account/sign-in")).header("sec-fetch-site", "same-origin");
        let cookie = cookie_of(&request.header("accept", "text/html").form(&form).send().await.unwrap());
        let (sender, seen) = watch::channel(BTreeSet::new());
        let (http, url) = (restless(), format!("{base}/live"));
        let reading = tokio::spawn(async move {
            let mut last = None::<i64>;
            loop {
                let mut request = http.get(&url).header("cookie", &cookie);
                if let Some(last) = last {
                    request = request.header("last-event-id", last.to_string());
                }
                // A server that was killed hangs up; another one answers.
                let Ok(mut response) = request.send().await else { continue };
                assert_eq!(response.status(), StatusCode::OK, "the session is known to all servers");
                let mut text = String::new();
                while let Ok(Some(chunk)) = response.chunk().await {
                    text.push_str(std::str::from_utf8(&chunk).unwrap());
                    while let Some((block, rest)) = text.split_once("\n\n") {
                        assert!(!block.contains("event: reset"), "nothing was missed");
                        let id = block.lines().find_map(|line| line.strip_prefix("id: ")?.parse().ok());
                        last = id.or(last);
                        if let Some(id) = id.filter(|_| block.contains("event: change")) {
                            sender.send_modify(|seen| drop(seen.insert(id)));
                        } else {
                            sender.send_modify(|_| ());
                        }
                        text = rest.to_owned();
                    }
                }
            }
        });
        let mut browser = Self { seen, reading };
        // Connected: the stream has begun.
        browser.seen.changed().await.unwrap();
        browser
    }
}

/// Invites people by mail until it is asked to stop; returns the invitations that were answered.
fn invite_by_mail(base: String, script: String, end: watch::Receiver<bool>) -> JoinHandle<Vec<String>> {
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

async fn journal_after(database: &str, seq: i64) -> BTreeSet<i64> {
    let mut db = PgConnection::connect(database).await.unwrap();
    let seqs: Vec<i64> =
        sqlx::query_scalar("select seq from journal where seq > $1").bind(seq).fetch_all(&mut db).await.unwrap();
    seqs.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_of_one_of_three_servers_lose_nothing_and_double_nothing() {
    let Some(url) = database("servers").await else { return };
    let smtp = Smtp::start().await;
    let mut servers = Servers::start(&url, &smtp, SERVERS).await;
    let create = ["account", "create", "--email", ADMIN, "--password-stdin", "--database", &url];
    run_with_input(servers.folder(0), &create, PASSWORD);
    let browser = Browser::open(&servers.proxy.base).await;
    let begun_at = journal_after(&url, 0).await.last().copied().unwrap_or(0);
    let (http, answered) = (restless(), Arc::new(Mutex::new(Answered::default())));
    let (base, script) = (servers.proxy.base.clone(), servers.script.clone());
    let mut load = Load::start_until(Until::Asked, &http, &base, &script, 0, &answered);
    let (end, ended) = watch::channel(false);
    let inviting = invite_by_mail(base.clone(), script.clone(), ended);
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
    // 1. Nothing that was answered is lost, no command either, and nothing stands twice.
    let answered = std::mem::take(&mut *answered.lock().unwrap());
    for number in 0..SERVERS {
        Check { http: &http, base: servers.base(number), script: &script }.everything_is_there(&answered).await;
    }
    // 2. No mail was sent twice, and none is forgotten: it was sent, or an admin sees that it may have been.
    assert!(!invited.is_empty());
    for id in &invited {
        let mut state = String::new();
        while !["sent", "failed", "deactivated"].contains(&state.as_str()) {
            let request = http.get(format!("{base}/api/v1/invitations/{id}")).bearer_auth(&script);
            let invitation: Value = request.send().await.unwrap().json().await.unwrap();
            state = text(&invitation["delivery"], "state");
        }
    }
    let mails = smtp.until(|_| true).await.mails;
    let recipients: BTreeSet<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(recipients.len(), mails.len(), "somebody got a mail twice");
    assert!(recipients.len() + SERVERS + KILLS >= invited.len(), "{} of {}", recipients.len(), invited.len());
    // 3. No live event was missed.
    let all = journal_after(&url, begun_at).await;
    let mut seen = browser.seen.clone();
    let everything = seen.wait_for(|seen| seen.is_superset(&all));
    let told = tokio::time::timeout(Duration::from_secs(20), everything).await;
    assert!(told.is_ok(), "missed: {:?}", all.difference(&browser.seen.borrow()).collect::<Vec<_>>());
}
