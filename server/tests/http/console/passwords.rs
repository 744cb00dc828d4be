//! Changing passwords, and one-time links for new ones.

use crate::harness::{ADMIN, PASSWORD, Server, cookie_of};
use futures::future::{join, join_all};
use reqwest::{Response, StatusCode};
use service::{Browser, LiveEvent, PASSWORD_MIN, ServiceError};
use std::time::Duration;

const NEW: &str = "green lantern over orbit 92";

async fn change(server: &Server, cookie: &str, current: &str, new: &str) -> Response {
    let form = server.post("/fn/account/change-password").header("cookie", cookie).header("accept", "text/html");
    form.header("sec-fetch-site", "same-origin").form(&[("current", current), ("password", new)]).send().await.unwrap()
}

async fn reset(server: &Server, token: &str, new: &str) -> String {
    let form = server.post("/fn/account/reset-password").header("accept", "text/html");
    let form = form.header("sec-fetch-site", "same-origin").form(&[("token", token), ("password", new)]);
    form.send().await.unwrap().headers()["location"].to_str().unwrap().to_owned()
}

async fn is_signed_in(server: &Server, cookie: &str) -> bool {
    server.get("/devices").header("cookie", cookie).send().await.unwrap().status() == StatusCode::OK
}

async fn lets_in(server: &Server, password: &str) -> bool {
    server.sign_in(ADMIN, password).await.headers()["location"] == "/people"
}

fn place(reply: &Response) -> &str {
    reply.headers()["location"].to_str().unwrap()
}

#[tokio::test]
async fn a_changed_password_signs_out_every_other_browser() {
    let server = Server::start().await;
    let mine = server.signed_in().await;
    let other = cookie_of(&server.sign_in(ADMIN, PASSWORD).await);
    let reply = change(&server, &mine, PASSWORD, NEW).await;
    assert_eq!(place(&reply), "/settings/password?changed=1");
    let mine_now = cookie_of(&reply);
    assert_ne!(mine_now, mine);
    assert!(is_signed_in(&server, &mine_now).await);
    assert!(!is_signed_in(&server, &other).await);
    assert!(!is_signed_in(&server, &mine).await, "the old cookie of the same browser");
    assert!(!lets_in(&server, PASSWORD).await);
    assert!(lets_in(&server, NEW).await);
    let page = server.get("/settings/password?changed=1").header("cookie", &mine_now).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("Your password is changed."));
}

#[tokio::test]
async fn a_password_is_not_changed_without_the_current_one_or_to_a_weak_one() {
    let server = Server::start().await;
    let mine = server.signed_in().await;
    for (current, new, why) in [
        ("wrong wrong wrong", NEW, "current"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "passwordpassword", "guessable"),
        (PASSWORD, "admin@example.com", "guessable"),
        (PASSWORD, "Rollcall2026!!!!", "guessable"),
        (PASSWORD, &"blue Lantern 92 ".repeat(70), "long"),
    ] {
        assert_eq!(place(&change(&server, &mine, current, new).await), format!("/settings/password?failed={why}"));
    }
    assert!(is_signed_in(&server, &mine).await);
    assert!(lets_in(&server, PASSWORD).await);
    for _ in 0..10 {
        change(&server, &mine, "wrong wrong wrong", NEW).await;
    }
    assert_eq!(place(&change(&server, &mine, PASSWORD, NEW).await), "/settings/password?failed=attempts");
    assert_eq!(change(&server, "", PASSWORD, NEW).await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_reset_link_works_once_and_signs_nobody_in() {
    let server = Server::start().await;
    let mine = server.signed_in().await;
    let token = server.rollcall.create_reset_link(" Admin@example.com ").await.unwrap();
    let page = async || server.get(&format!("/reset/{token}")).send().await.unwrap().text().await.unwrap();
    assert!(page().await.contains("Choose a new password"));
    assert_eq!(reset(&server, &token, "passwordpassword").await, format!("/reset/{token}?failed=guessable"));
    let mut live = server.rollcall.live();
    assert_eq!(reset(&server, &token, NEW).await, "/sign-in?changed=1");
    assert!(matches!(live.recv().await.unwrap(), LiveEvent::SessionEnded(_)), "pages that stand open are told");
    assert!(!is_signed_in(&server, &mine).await);
    assert!(!lets_in(&server, PASSWORD).await);
    assert!(lets_in(&server, NEW).await);
    assert!(page().await.contains("This link no longer works"));
    assert_eq!(reset(&server, &token, PASSWORD).await, format!("/reset/{token}?failed=link"));
    assert!(lets_in(&server, NEW).await);
}

#[tokio::test]
async fn a_reset_link_is_void_after_half_an_hour_and_after_a_change() {
    let server = Server::start().await;
    let mine = server.signed_in().await;
    let late = server.rollcall.create_reset_link(ADMIN).await.unwrap();
    server.clock.advance(Duration::from_mins(30));
    assert_eq!(reset(&server, &late, NEW).await, format!("/reset/{late}?failed=link"));
    let stale = server.rollcall.create_reset_link(ADMIN).await.unwrap();
    change(&server, &mine, PASSWORD, NEW).await;
    assert_eq!(reset(&server, &stale, PASSWORD).await, format!("/reset/{stale}?failed=link"));
    assert!(server.rollcall.create_reset_link("nobody@example.com").await.is_err());
    assert!(server.rollcall.create_account("x@example.com", "passwordpassword").await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_signs_in_with_the_old_password_meanwhile_is_not_let_in() {
    let server = Server::start_behind_proxy().await;
    server.rollcall.create_account(ADMIN, PASSWORD).await.unwrap();
    let token = server.rollcall.create_reset_link(ADMIN).await.unwrap();
    // Two are being judged, the others wait with the old password in hand, and the link goes before them.
    let sign_ins = (0..10_u8).map(|n| {
        let browser = Browser { user_agent: String::new(), address: [198, 51, n, 7].into(), known: None };
        let rollcall = &server.rollcall;
        async move { rollcall.sign_in(ADMIN, PASSWORD, &browser).await }
    });
    let browser = Browser { user_agent: String::new(), address: [203, 0, 113, 7].into(), known: None };
    let (let_in, reset) = join(join_all(sign_ins), server.rollcall.use_reset_link(&token, NEW, &browser)).await;
    reset.unwrap();
    assert!(let_in.contains(&Err(ServiceError::Unavailable)), "{let_in:?}");
    for session in let_in.into_iter().flatten() {
        assert_eq!(server.rollcall.session(session.token.expose()).await.unwrap(), None);
    }
}

#[tokio::test]
async fn the_audit_log_is_a_page_for_admins() {
    let server = Server::start().await;
    let mine = server.signed_in().await;
    server.sign_in("<b>bob</b>@example.com", "wrong wrong wrong").await;
    server.sign_in("bob@example.com", "wrong wrong wrong").await;
    let page = server.get("/settings/audit").header("cookie", &mine).send().await.unwrap().text().await.unwrap();
    for text in ["Sign-in failed", "bob@example.com", "127.0.0.1", "Command on the server", "Signed in"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("<b>bob"));
    // It stands in the frame of the console, and the browser brings it to life.
    for part in ["class=\"nav\">", "action=\"/fn/account/sign-out\"", "id=\"start\""] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let stranger = server.get("/settings/audit").send().await.unwrap();
    assert_eq!(stranger.headers()["location"], "/sign-in?next=/settings/audit");
}

#[tokio::test]
async fn every_form_for_a_new_password_says_how_long_it_has_to_be() {
    let server = Server::start().await;
    let first = server.rollcall.setup_link_token().await.unwrap().unwrap();
    let setup = server.get(&format!("/setup/{first}")).send().await.unwrap().text().await.unwrap();
    let mine = server.signed_in().await;
    let token = server.rollcall.create_reset_link(ADMIN).await.unwrap();
    let reset = server.get(&format!("/reset/{token}")).send().await.unwrap().text().await.unwrap();
    let change = server.get("/settings/password").header("cookie", &mine).send().await.unwrap().text().await.unwrap();
    for page in [setup, reset, change] {
        let (_, field) = page.split_once("autocomplete=\"new-password\"").unwrap_or_else(|| panic!("{page}"));
        let field = field.split('>').next().unwrap();
        assert!(field.contains(&format!("minlength=\"{PASSWORD_MIN}\"")), "{field}");
        assert!(page.contains(&format!("at least {PASSWORD_MIN} characters")), "{page}");
        assert!(page.contains("Several words that do not belong together"), "{page}");
    }
}
