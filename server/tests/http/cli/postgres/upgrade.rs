//! Two versions on one database for the length of an upgrade: an earlier one and this one, and this one and the next, which is
//! played by the changes that it would make to the tables.

use super::{
    answer,
    browser::Browser,
    database, enroll_of,
    servers::{Servers, invite_by_mail, latest_entry, mailed_once, restless},
};
use crate::{
    cli::{
        load::{Answered, Check, Load, Until},
        program::{Version, refused},
    },
    harness::{ADMIN, PASSWORD, Phone, client, text},
    mail::smtp::Smtp,
};
use reqwest::{Client, StatusCode};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{sync::watch, time::timeout};

/// What the next version adds: columns, a table, and an index that is built while everybody writes. The last statements note
/// the migration as the program does.
const EXPAND: [&str; 6] = [
    "alter table devices add column nickname text",
    "alter table slots add column rank bigint not null default 0",
    "create table notes (id bigint generated always as identity primary key, device_id uuid references devices (id))",
    "create index concurrently devices_by_nickname on devices (nickname)",
    "alter table commands add column origin text",
    "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
     values (9001, 'next version', true, 'x'::bytea, 1)",
];

/// Fills the new column, a piece at a time.
const MIGRATE: &str =
    "update devices set nickname = 'phone' where id in (select id from devices where nickname is null limit 20)";

/// What a later version takes away, once nobody uses it.
const CONTRACT: [&str; 2] = ["alter table slots drop column rank", "update schema_needs set migration = 9002"];

async fn apply(url: &str, statements: &[&str]) -> u64 {
    let mut db = PgConnection::connect(url).await.unwrap();
    let mut rows = 0;
    for statement in statements {
        rows = sqlx::query(AssertSqlSafe((*statement).to_owned())).execute(&mut db).await.unwrap().rows_affected();
    }
    rows
}

/// Lets more be done.
async fn go_on(load: &mut Load) {
    let before = load.counts().done;
    load.until(|counts| counts.done > before + 40).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upgrade_refuses_nobody_and_loses_nothing() {
    let Some(url) = database("upgrade").await else { return };
    let smtp = Smtp::start().await;
    let mut servers = Servers::start(&url, &smtp, 2).await;
    let (http, answered) = (restless(), Arc::new(Mutex::new(Answered::default())));
    let (base, script) = (servers.proxy.base.clone(), servers.script.clone());
    let mut load = Load::start_until(Until::Asked, &http, &base, &script, 0, &answered);
    go_on(&mut load).await;
    // 1. Expand: both servers of this version go on.
    apply(&url, &EXPAND).await;
    go_on(&mut load).await;
    // 2. One server after the other is stopped and started; the one that is still of this version may start again, too.
    for number in 0..2 {
        servers.stop(number).await;
        go_on(&mut load).await;
        servers.run(number);
        go_on(&mut load).await;
    }
    // 3. Migrate, in small steps beside everything else.
    while apply(&url, &[MIGRATE]).await > 0 {}
    go_on(&mut load).await;
    let counts = load.counts();
    assert_eq!((counts.refused, counts.lost), (0, 0));
    // 4. Contract: a server of this version may not start any more.
    servers.stop(0).await;
    load.end().await;
    let answered = std::mem::take(&mut *answered.lock().unwrap());
    Check { http: &http, base: servers.base(1), script: &script }.everything_is_there(&answered).await;
    apply(&url, &CONTRACT).await;
    let words = refused(servers.folder(0), &["serve", "--listen", "127.0.0.1:0", "--database", &url]);
    assert!(words.contains("belongs to a newer version of Rollcall"), "{words}");
}

/// Asks at one server for a command of a phone whose poll waits at another one.
async fn wake(http: &Client, script: &str, phone: &Phone, asked: &str, waiting: &str) {
    let poll = http.get(format!("{waiting}/agent/v1/commands?wait=30")).bearer_auth(&phone.bearer).send();
    let mut poll = std::pin::pin!(poll);
    assert!(timeout(Duration::from_millis(300), &mut poll).await.is_err(), "nothing is to be told yet");
    let url = format!("{asked}/api/v1/devices/{}/commands", phone.id);
    let command = answer(http.post(url).bearer_auth(script).json(&json!({"type": "ring"}))).await;
    let offers = poll.await.unwrap();
    assert_eq!(offers.status(), StatusCode::OK);
    let offers: serde_json::Value = offers.json().await.unwrap();
    assert_eq!(offers[0]["uuid"], command["id"]);
    let url = format!("{waiting}/agent/v1/commands/{}/result", text(&command, "id"));
    let result = http.post(url).bearer_auth(&phone.bearer).json(&json!({"status": "completed"})).send().await.unwrap();
    assert!(result.status().is_success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_of_an_earlier_version_are_replaced_one_by_one_and_nothing_is_lost() {
    let Some(earlier) = Version::earlier() else { return };
    let Some(url) = database("earlier").await else { return };
    let smtp = Smtp::start().await;
    let mut servers = Servers::start_of(earlier.clone(), &url, &smtp, 2).await;
    let create = ["account", "create", "--email", ADMIN, "--password-stdin", "--database", &url];
    earlier.run_with_input(servers.folder(0), &create, PASSWORD);
    let (base, script) = (servers.proxy.base.clone(), servers.script.clone());
    let phone = enroll_of(&client(), servers.base(0), &script, "shown@example.com").await;
    let people = answer(client().get(format!("{base}/api/v1/people")).bearer_auth(&script)).await;
    let person = text(&people["items"][0], "id");
    let (http, answered) = (restless(), Arc::new(Mutex::new(Answered::default())));
    let mut load = Load::start_until(Until::Asked, &http, &base, &script, 0, &answered);
    let (end, ended) = watch::channel(false);
    let inviting = invite_by_mail(base.clone(), script.clone(), ended);
    go_on(&mut load).await;
    // One server is replaced, given up for the earlier version, and replaced again; then the other one is, too.
    let steps = [(0, Version::this()), (1, earlier.clone()), (0, earlier), (0, Version::this()), (1, Version::this())];
    for (step, (number, version)) in steps.into_iter().enumerate() {
        servers.stop(number).await;
        go_on(&mut load).await;
        servers.version = version;
        servers.run(number);
        go_on(&mut load).await;
        // Each server tells the other, whichever version it is of: phones that wait there, and browsers.
        for (asked, other) in [(0, 1), (1, 0)] {
            let (asked, other) = (servers.base(asked), servers.base(other));
            wake(&http, &script, &phone, asked, other).await;
            let browser = Browser::open(other, vec![person.clone()]).await;
            let renamed = http.patch(format!("{asked}/api/v1/people/{person}")).bearer_auth(&script);
            let renamed = renamed.json(&json!({"name": format!("Ada {step} {asked}")})).send().await.unwrap();
            assert!(renamed.status().is_success());
            browser.heard_of(&person, latest_entry(&url, &person).await).await;
        }
    }
    let counts = load.counts();
    assert_eq!((counts.refused, counts.lost), (0, 0));
    end.send_replace(true);
    load.end().await;
    let invited = inviting.await.unwrap();
    let answered = std::mem::take(&mut *answered.lock().unwrap());
    for number in 0..2 {
        Check { http: &http, base: servers.base(number), script: &script }.everything_is_there(&answered).await;
    }
    assert_eq!(mailed_once(&http, &base, &script, &invited, &smtp).await, invited.len());
}
