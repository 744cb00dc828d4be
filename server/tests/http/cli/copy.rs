//! `rollcall copy`: an installation moves from a file into PostgreSQL. Skipped aloud where there is none.

use crate::{
    cli::{
        postgres::{answer, database, enroll_of},
        program::{Program, refused, rollcall, run},
    },
    harness::{Phone, client},
};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::Stdio,
};
use tempfile::TempDir;

const PASSWORD: &str = "correct horse battery staple";

/// An installation on a file, with sample people, an account and a script.
struct Office {
    dir: TempDir,
    script: String,
}

impl Office {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        run(dir.path(), &["seed", "--devices", "300"]);
        let script = run(dir.path(), &["token", "create", "--name", "test"]);
        let mut account = rollcall(dir.path());
        account.args(["account", "create", "--email", "ada@example.com", "--password-stdin"]).stdin(Stdio::piped());
        let mut account = account.stdout(Stdio::null()).spawn().unwrap();
        writeln!(account.stdin.take().unwrap(), "{PASSWORD}").unwrap();
        assert!(account.wait().unwrap().success());
        Self { dir, script }
    }

    fn file(&self) -> String {
        self.dir.path().join("rollcall.db").to_str().unwrap().to_owned()
    }

    /// Copies the file, and returns what is printed: the result, and how far it was.
    fn copy(&self, url: &str) -> (String, String) {
        let output = rollcall(self.dir.path()).args(["copy", "--from", &self.file(), "--to", url]).output().unwrap();
        let words = |bytes| String::from_utf8(bytes).unwrap();
        let (result, notes) = (words(output.stdout), words(output.stderr));
        assert!(output.status.success(), "{notes}");
        (result, notes)
    }

    fn copy_refused(&self, url: &str) -> String {
        refused(self.dir.path(), &["copy", "--from", &self.file(), "--to", url])
    }

    async fn run_sql(&self, sql: &'static str) {
        let mut db = SqliteConnection::connect(&self.file()).await.unwrap();
        sqlx::query(sql).execute(&mut db).await.unwrap();
        db.close().await.unwrap();
    }
}

/// All rows of Mobile devices, page by page.
async fn slots(http: &Client, base: &str, script: &str) -> Vec<Value> {
    let (mut rows, mut after) = (Vec::new(), String::new());
    loop {
        let page = http.get(format!("{base}/api/v1/slots?size=100{after}")).bearer_auth(script);
        let page = answer(page).await;
        rows.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return rows,
        }
    }
}

async fn beat(http: &Client, base: &str, phone: &Phone, seq: u64) -> StatusCode {
    let report = json!({"seq": seq, "battery": {"level": 50, "charging": false}});
    http.post(format!("{base}/agent/v1/state")).bearer_auth(&phone.bearer).json(&report).send().await.unwrap().status()
}

async fn sign_in(http: &Client, base: &str, password: &str) -> bool {
    let form = [("email", "ada@example.com"), ("password", password), ("next", "/people")];
    let sent = http.post(format!("{base}/fn/account/sign-in")).header("sec-fetch-site", "same-origin");
    let reply = sent.header("accept", "text/html").form(&form).send().await.unwrap();
    reply.headers()["location"] == "/people"
}

async fn count(db: &mut PgConnection, table: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}"))).fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn an_installation_goes_on_in_the_database_as_it_was_in_the_file() {
    let Some(url) = database("copy").await else { return };
    let (office, http) = (Office::new(), client());
    let (data, script) = (office.dir.path(), office.script.as_str());
    let program = Program::start(data);
    let phone = enroll_of(&http, &program.base, script, "bob@example.com").await;
    assert_eq!(beat(&http, &program.base, &phone, 1).await, StatusCode::OK);
    let before = slots(&http, &program.base, script).await;
    assert!(before.len() >= 300, "{}", before.len());
    // Not while a server runs on the file.
    let words = office.copy_refused(&url);
    assert!(words.contains("another Rollcall server is running on"), "{words}");
    assert!(program.stop().success());

    let (result, _) = office.copy(&url);
    let rows = |table: &str| {
        let line = result.lines().find(|line| line.split_whitespace().next() == Some(table)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap()
    };
    // Lists leave rows out that were replaced by others.
    assert!(rows("slots") >= before.len(), "{result}");
    assert_eq!((rows("accounts"), rows("api_tokens")), (1, 1), "{result}");
    assert!(result.contains("secret.key"), "{result}");

    let flags = ["--database", &url];
    let moved = tempfile::tempdir().unwrap();
    std::fs::copy(data.join("secret.key"), moved.path().join("secret.key")).unwrap();
    let program = Program::start_with_flags(moved.path(), &flags);
    let base = &program.base;
    assert_eq!(slots(&http, base, script).await, before);
    assert!(sign_in(&http, base, PASSWORD).await);
    assert!(!sign_in(&http, base, "something else altogether").await);
    // A report with the number of an earlier one changes nothing; the next one does.
    assert_eq!(beat(&http, base, &phone, 2).await, StatusCode::OK);
    // New rows come after those that were copied.
    enroll_of(&http, base, script, "carol@example.com").await;
    assert_eq!(slots(&http, base, script).await.len(), before.len() + 1);
    let words = office.copy_refused(&url);
    assert!(words.contains("a Rollcall server is running on the database"), "{words}");
    assert!(program.stop().success());

    let words = office.copy_refused(&url);
    assert!(words.contains("is not empty") && words.contains("rows in people"), "{words}");
    // It belongs to the key of the file.
    let other = tempfile::tempdir().unwrap();
    run(other.path(), &["token", "create", "--name", "other"]);
    let words = refused(other.path(), &[&["token", "list"], &flags[..]].concat());
    assert!(words.contains("secret.key"), "{words}");
}

#[tokio::test]
async fn a_copy_that_is_cut_off_leaves_nothing_and_can_be_started_again() {
    let Some(url) = database("cut").await else { return };
    let office = Office::new();
    // A server was started on it before, which made the tables. From then on, whoever writes commands has to wait.
    let dir = tempfile::tempdir().unwrap();
    assert!(Program::start_with_flags(dir.path(), &["--database", &url]).stop().success());
    let mut db = PgConnection::connect(&url).await.unwrap();
    let trigger = "create function wait() returns trigger language plpgsql as \
        'begin perform pg_advisory_xact_lock(7); return new; end'; \
        create trigger wait before insert on commands execute function wait(); select pg_advisory_lock(7)";
    sqlx::raw_sql(trigger).execute(&mut db).await.unwrap();

    let mut copy = rollcall(dir.path());
    copy.args(["copy", "--from", &office.file(), "--to", &url]).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut copy = copy.spawn().unwrap();
    let mut notes = BufReader::new(copy.stderr.take().unwrap()).lines().map_while(Result::ok);
    let said: Vec<String> = notes.by_ref().take_while(|line| line != "Copying commands …").collect();
    assert!(said.iter().any(|line| line.starts_with("Copying ")), "{said:?}");
    copy.kill().unwrap();
    copy.wait().unwrap();
    sqlx::raw_sql("select pg_advisory_unlock(7); drop trigger wait on commands").execute(&mut db).await.unwrap();
    assert_eq!((count(&mut db, "people").await, count(&mut db, "slots").await), (0, 0));

    office.copy(&url);
    assert!(count(&mut db, "slots").await >= 300);
}

#[tokio::test]
async fn a_file_of_an_older_version_stays_as_it_is() {
    let Some(url) = database("older").await else { return };
    let office = Office::new();
    office.run_sql("delete from settings where name = 'slot_columns'").await;
    let before = std::fs::read(office.file()).unwrap();
    let (_, notes) = office.copy(&url);
    assert!(notes.contains("is of an older version and stays so"), "{notes}");
    assert!(std::fs::read(office.file()).unwrap() == before, "the file was written");
    let left = std::fs::read_dir(office.dir.path()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!left.iter().any(|name| name.contains("copying")), "{left:?}");
}

#[tokio::test]
async fn what_postgresql_does_not_take_is_replaced_or_named() {
    let Some(url) = database("nul").await else { return };
    let office = Office::new();
    office.run_sql("update api_tokens set name = 'a' || char(0) || 'b'").await;
    let (_, notes) = office.copy(&url);
    assert!(notes.contains("Texts in api_tokens with characters NUL, which PostgreSQL does not take: 1."), "{notes}");
    let listed = run(office.dir.path(), &["token", "list", "--database", &url]);
    assert!(listed.starts_with("a\u{fffd}b\t"), "{listed}");
    // A text that is none is damage: the row is named, and nothing is copied.
    let Some(url) = database("text").await else { return };
    office.run_sql("update accounts set email = cast(x'ff' as text)").await;
    let words = office.copy_refused(&url);
    assert!(words.contains("nothing was copied because of the table accounts: it cannot be read"), "{words}");
    let mut db = PgConnection::connect(&url).await.unwrap();
    assert_eq!(count(&mut db, "settings").await, 0);
}

#[test]
fn the_two_ends_of_a_copy_are_checked_before_anything_is_done() {
    let dir = tempfile::tempdir().unwrap();
    let copy = |from: &str, to: &str| refused(dir.path(), &["copy", "--from", from, "--to", to]);
    let (file, url) = (dir.path().join("r.db"), "postgres://ada:hunter2@127.0.0.1:1/rollcall");
    let file = file.to_str().unwrap();
    assert!(copy(file, url).contains("there is no file"), "{}", copy(file, url));
    assert!(copy(url, url).contains("--from has to be a database file"));
    assert!(copy(file, "sqlite:other.db").contains("--to has to be postgres://"));
    std::fs::write(Path::new(file), "").unwrap();
    let words = copy(file, url);
    assert!(words.contains("cannot be opened") && !words.contains("hunter2"), "{words}");
}
