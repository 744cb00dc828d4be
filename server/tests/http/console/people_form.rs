//! Importing people in the console: upload, preview, confirmation.

use crate::harness::{ADMIN, PASSWORD, Server, cookie_of};
use domain::{list::PersonQuery, types::ids::AccountId};
use reqwest::{Response, StatusCode};
use service::{
    ServiceError,
    import::{Import, ImportEnd, ImportStage},
};
use std::time::Duration;

/// A browser that is signed in.
struct Browser<'a> {
    server: &'a Server,
    cookie: String,
    account: AccountId,
}

impl<'a> Browser<'a> {
    async fn of(server: &'a Server, email: &str) -> Self {
        server.rollcall.create_account(email, PASSWORD).await.unwrap();
        let cookie = cookie_of(&server.sign_in(email, PASSWORD).await);
        let token = cookie.split('=').nth(1).unwrap();
        let account = server.rollcall.session(token).await.unwrap().unwrap().account_id;
        Self { server, cookie, account }
    }

    async fn upload(&self, file: &str, bytes: &[u8]) -> Response {
        let mut body = b"--x\r\nContent-Disposition: form-data; name=\"encoding\"\r\n\r\nauto\r\n".to_vec();
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file}\"\r\n\r\n");
        body.extend(head.as_bytes());
        body.extend(bytes);
        body.extend(b"\r\n--x--\r\n");
        let request = self.server.post("/people/import/upload").header("cookie", &self.cookie);
        let request = request.header("content-type", "multipart/form-data; boundary=x");
        request.header("sec-fetch-site", "same-origin").body(body).send().await.unwrap()
    }

    async fn form(&self, path: &str, form: &[(&str, &str)]) -> String {
        let request = self.server.post(path).header("cookie", &self.cookie).header("sec-fetch-site", "same-origin");
        let reply = request.form(form).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::SEE_OTHER);
        reply.headers()["location"].to_str().unwrap().to_owned()
    }

    async fn import(&self) -> Option<Import> {
        self.server.rollcall.latest_import(self.account).await.unwrap()
    }

    /// Uploads a file; returns the identity of its preview.
    async fn preview(&self, table: &str) -> String {
        assert_eq!(self.upload("people.csv", table.as_bytes()).await.status(), StatusCode::SEE_OTHER);
        self.import().await.unwrap().id.to_string()
    }

    /// How the account's import ended.
    async fn end(&self) -> ImportEnd {
        let mut live = self.server.rollcall.live();
        loop {
            if let Some(Import { stage: ImportStage::Confirmed(job), .. }) = self.import().await
                && let Some(end) = &job.end
            {
                return end.clone();
            }
            let _ = live.recv().await;
        }
    }

    async fn total(&self) -> u64 {
        self.server.rollcall.list_people(PersonQuery::default()).await.unwrap().total
    }
}

const TABLE: &str = "name,email\nAda,ada@example.com\n,bad@example.com\n";

fn many(lines: usize) -> String {
    let lines = (0..lines).map(|n| format!("Person {n},person{n}@example.com\n"));
    format!("name,email\n{}", lines.collect::<String>())
}

#[tokio::test]
async fn nothing_is_written_before_it_is_confirmed_and_then_once() {
    let server = Server::start().await;
    let browser = Browser::of(&server, ADMIN).await;
    let id = browser.preview(TABLE).await;
    assert_eq!(browser.total().await, 0);
    assert_eq!(browser.form("/people/import/start", &[("id", &id), ("invite", "on")]).await, "/people/import");
    assert_eq!(browser.end().await, ImportEnd::Complete);
    assert_eq!(browser.total().await, 1);
    // A second click, or the page of another tab.
    let again = browser.form("/people/import/start", &[("id", &id)]).await;
    assert_eq!(again, "/people/import?failed=gone");
    let left_out = server.get("/people/import/left-out.csv").header("cookie", &browser.cookie).send().await.unwrap();
    let left_out = left_out.text().await.unwrap();
    assert_eq!(left_out, "\u{feff}line,reason,name,email\r\n3,The name is missing.,,bad@example.com\r\n");
}

#[tokio::test]
async fn what_is_confirmed_is_what_was_previewed() {
    let server = Server::start().await;
    let browser = Browser::of(&server, ADMIN).await;
    let seen = browser.preview(TABLE).await;
    browser.preview("name,email\nBo,bo@example.com\n").await;
    assert_eq!(browser.form("/people/import/start", &[("id", &seen)]).await, "/people/import?failed=gone");
    assert_eq!(browser.total().await, 0);
}

#[tokio::test]
async fn a_preview_belongs_to_its_account_and_expires() {
    let server = Server::start().await;
    let browser = Browser::of(&server, ADMIN).await;
    let other = Browser::of(&server, "other@example.com").await;
    let id = browser.preview(TABLE).await;
    assert!(other.import().await.is_none());
    assert_eq!(other.form("/people/import/start", &[("id", &id)]).await, "/people/import?failed=gone");
    server.clock.advance(Duration::from_mins(29));
    assert!(browser.import().await.is_some());
    server.clock.advance(Duration::from_mins(2));
    assert!(browser.import().await.is_none());
    assert_eq!(browser.form("/people/import/start", &[("id", &id)]).await, "/people/import?failed=gone");
    for n in 0..8 {
        Browser::of(&server, &format!("admin{n}@example.com")).await.preview(TABLE).await;
    }
    let id = browser.preview(TABLE).await;
    browser.form("/people/import/forget", &[("id", &id)]).await;
    assert!(browser.import().await.is_none());
}

#[tokio::test]
async fn one_import_runs_at_a_time_and_can_be_cancelled() {
    let server = Server::start().await;
    let browser = Browser::of(&server, ADMIN).await;
    let other = Browser::of(&server, "other@example.com").await;
    let waiting = other.preview(TABLE).await;
    let id = browser.preview(&many(20_000)).await;
    browser.form("/people/import/start", &[("id", &id)]).await;
    assert_eq!(other.form("/people/import/start", &[("id", &waiting)]).await, "/people/import?failed=running");
    let upload = browser.upload("people.csv", TABLE.as_bytes()).await;
    assert_eq!(upload.headers()["location"], "/people/import?failed=running");
    browser.form("/people/import/cancel", &[("id", &id)]).await;
    assert_eq!(browser.end().await, ImportEnd::Cancelled);
    let added = browser.total().await;
    let Some(Import { stage: ImportStage::Confirmed(job), .. }) = browser.import().await else { panic!() };
    assert_eq!(job.counts().added as u64, added);
    assert!(added < 20_000, "{added}");
    // The other import is still waiting and can be started now.
    assert_eq!(other.form("/people/import/start", &[("id", &waiting)]).await, "/people/import");
    assert_eq!(other.end().await, ImportEnd::Complete);
}

#[tokio::test]
async fn an_import_goes_on_after_the_server_was_started_again() {
    let mut server = Server::start().await;
    let (id, account) = {
        let browser = Browser::of(&server, ADMIN).await;
        let id = browser.preview(&many(4000)).await;
        let mut live = server.rollcall.live();
        browser.form("/people/import/start", &[("id", &id)]).await;
        while browser.total().await < 600 {
            let _ = live.recv().await;
        }
        (id, browser.account)
    };
    server.stop_workers().await;
    let Some(Import { stage: ImportStage::Confirmed(job), .. }) = server.rollcall.latest_import(account).await.unwrap()
    else {
        panic!("not confirmed")
    };
    assert_eq!(job.end, None);
    assert!((500..4000).contains(&job.counts().done()), "{:?}", job.counts());
    server.restart_workers().await;
    let browser = Browser { server: &server, cookie: String::new(), account };
    assert_eq!(browser.end().await, ImportEnd::Complete);
    assert_eq!(browser.total().await, 4000);
    let import = browser.import().await.unwrap();
    let ImportStage::Confirmed(job) = import.stage else { panic!("not confirmed") };
    assert_eq!((import.id.to_string(), job.counts().done()), (id, 4000));
}

#[tokio::test]
async fn a_file_that_was_damaged_after_its_preview_fails_and_holds_up_no_other() {
    let server = Server::start().await;
    let browser = Browser::of(&server, ADMIN).await;
    let id = browser.preview(TABLE).await;
    assert_eq!(server.sql("update imports set content = x''").await, 1);
    browser.form("/people/import/start", &[("id", &id)]).await;
    assert_eq!(browser.end().await, ImportEnd::Failed(ServiceError::Damaged));
    let id = browser.preview(TABLE).await;
    browser.form("/people/import/start", &[("id", &id)]).await;
    assert_eq!((browser.end().await, browser.total().await), (ImportEnd::Complete, 1));
}

#[tokio::test]
async fn an_unreadable_file_is_reported() {
    let server = Server::start().await;
    let browser = Browser::of(&server, ADMIN).await;
    let too_large = vec![b'x'; 11 * 1024 * 1024];
    for (bytes, words) in [(&b""[..], "empty"), (b"PK\x03\x04", "CSV"), (&too_large, "10 MB"), (b"a,b\n", "a, b")] {
        assert_eq!(browser.upload("x.csv", bytes).await.headers()["location"], "/people/import");
        let Some(Import { stage: ImportStage::Refused(error), .. }) = browser.import().await else { panic!("{words}") };
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[tokio::test]
async fn strangers_and_other_sites_are_kept_out() {
    let server = Server::start().await;
    let browser = Browser::of(&server, ADMIN).await;
    for path in ["upload", "start", "cancel", "forget"] {
        let path = format!("/people/import/{path}");
        let stranger = server.post(&path).header("sec-fetch-site", "same-origin").send().await.unwrap();
        assert!(stranger.headers()["location"].to_str().unwrap().starts_with("/sign-in"), "{path}");
        let forged = server.post(&path).header("cookie", &browser.cookie).header("sec-fetch-site", "cross-site");
        assert_eq!(forged.send().await.unwrap().status(), StatusCode::FORBIDDEN, "{path}");
    }
}
