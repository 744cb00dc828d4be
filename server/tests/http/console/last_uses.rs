//! When sessions and API tokens were last used, when sessions end, and the link that makes the first account.

use crate::harness::{ADMIN, PASSWORD, Server, cookie_of};
use domain::audit::Origin;
use service::{Browser, LiveEvent, ServiceError, SignedIn};
use std::time::Duration;

/// How long a session lives without being used, in seconds.
const LIFETIME_S: u64 = 14 * 24 * 3600;

async fn session(server: &Server, cookie: &str) -> Option<SignedIn> {
    server.rollcall.session(cookie.split_once('=').unwrap().1).await.unwrap()
}

#[tokio::test]
async fn a_last_use_is_noted_now_and_then_and_written_with_the_others() {
    let server = Server::start().await;
    let (cookie, token) = (server.signed_in().await, server.api_token().await);
    let me = session(&server, &cookie).await.unwrap();
    let begin = me_last_seen(&server, &me).await;
    let token_used = async || server.rollcall.list_api_tokens().await.unwrap()[0].last_used_at;
    let use_both = async || {
        session(&server, &cookie).await.unwrap();
        server.rollcall.api_token(&token).await.unwrap().unwrap();
    };
    assert_eq!(token_used().await, None);
    use_both().await;
    assert_eq!(token_used().await, Some(begin));
    // A token every minute, a session every five.
    for (advance_s, token_s, session_s) in [(59, 0, 0), (1, 60, 0), (239, 299, 0), (1, 299, 300)] {
        server.clock.advance(Duration::from_secs(advance_s));
        use_both().await;
        let noted = (token_used().await, me_last_seen(&server, &me).await);
        assert_eq!(noted, (Some(begin.plus_seconds(token_s)), begin.plus_seconds(session_s)));
    }
    server.rollcall.write_last_uses().await.unwrap();
    let written = async |statement| server.sql(statement).await;
    assert_eq!(written("update sessions set user_agent = '' where last_seen_at > created_at").await, 1);
    assert_eq!(written("update api_tokens set name = name where last_used_at > created_at").await, 1);
}

async fn me_last_seen(server: &Server, me: &SignedIn) -> domain::Timestamp {
    let rows = server.rollcall.list_sessions(me).await.unwrap();
    rows.iter().find(|row| row.id == me.session_id).unwrap().last_seen_at
}

#[tokio::test]
async fn a_session_that_is_not_used_ends_after_a_fortnight_and_no_earlier() {
    let server = Server::start().await;
    let (one, two) = (server.signed_in().await, cookie_of(&server.sign_in(ADMIN, PASSWORD).await));
    server.clock.advance(Duration::from_secs(LIFETIME_S - 60));
    // Whoever signs in now removes those that ended.
    server.sign_in(ADMIN, PASSWORD).await;
    assert!(session(&server, &one).await.is_some());
    server.clock.advance(Duration::from_mins(1));
    assert!(session(&server, &two).await.is_none());
    assert!(session(&server, &one).await.is_some(), "it was used a minute ago");
}

#[tokio::test]
async fn the_list_marks_this_session_and_another_one_can_be_ended() {
    let server = Server::start().await;
    let (mine, other) = (server.signed_in().await, cookie_of(&server.sign_in(ADMIN, PASSWORD).await));
    let (me, them) = (session(&server, &mine).await.unwrap(), session(&server, &other).await.unwrap());
    let rows = server.rollcall.list_sessions(&me).await.unwrap();
    let current: Vec<_> = rows.iter().filter(|row| row.is_current).map(|row| row.id).collect();
    assert_eq!((rows.len(), current), (2, vec![me.session_id]));
    let mut live = server.rollcall.live();
    let end = async || server.rollcall.revoke_session(&me, them.session_id, &Origin::command_line()).await;
    end().await.unwrap();
    assert!(session(&server, &other).await.is_none() && session(&server, &mine).await.is_some());
    assert!(matches!(live.recv().await.unwrap(), LiveEvent::SessionEnded(id) if id == them.session_id));
    assert_eq!(end().await, Err(ServiceError::NotFound));
}

#[tokio::test]
async fn the_setup_link_makes_one_account_and_no_other() {
    let server = Server::start().await;
    let rollcall = &server.rollcall;
    let browser = Browser { user_agent: String::new(), address: server.address.ip(), known: None };
    let token = rollcall.setup_link_token().await.unwrap().unwrap();
    let create = async |token: &str, email: &str| {
        rollcall.create_first_account(token, email, PASSWORD, &browser).await.map(|session| session.token)
    };
    assert!(!rollcall.check_setup_token("0123456789abcdef").await.unwrap());
    assert!(rollcall.check_setup_token(&token).await.unwrap());
    assert_eq!(create("0123456789abcdef", ADMIN).await.unwrap_err(), ServiceError::WrongCredentials);
    let first = create(&token, ADMIN).await.unwrap();
    assert_eq!(rollcall.session(first.expose()).await.unwrap().unwrap().email, ADMIN);
    assert!(!rollcall.check_setup_token(&token).await.unwrap());
    assert_eq!(create(&token, "eve@example.com").await.unwrap_err(), ServiceError::WrongCredentials);
    assert_eq!(rollcall.setup_link_token().await.unwrap(), None);
}
