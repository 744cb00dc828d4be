//! Two versions on one database for the length of an upgrade. There is one program to test with: the next version is played by
//! the changes that it would make to the tables.

use super::{
    database,
    servers::{Servers, restless},
};
use crate::{
    cli::{
        load::{Answered, Check, Load, Until},
        program::refused,
    },
    mail::smtp::Smtp,
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::sync::{Arc, Mutex};

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upgrade_refuses_nobody_and_loses_nothing() {
    let Some(url) = database("upgrade").await else { return };
    let smtp = Smtp::start().await;
    let mut servers = Servers::start(&url, &smtp, 2).await;
    let (http, answered) = (restless(), Arc::new(Mutex::new(Answered::default())));
    let (base, script) = (servers.proxy.base.clone(), servers.script.clone());
    let mut load = Load::start_until(Until::Asked, &http, &base, &script, 0, &answered);
    let go_on = async |load: &mut Load| {
        let before = load.counts().done;
        load.until(|counts| counts.done > before + 40).await;
    };
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
