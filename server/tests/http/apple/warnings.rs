//! Warnings before the push certificate expires: mails to the accounts, and a bar above every page.

use super::phone::TOPIC;
use crate::{
    harness::{ADMIN, PASSWORD, Server, cookie_of},
    mail::smtp::{Say, Smtp},
};
use domain::actor::Actor;
use service::{
    Invite,
    mail::{MailRoute, SmtpRoute},
};
use std::time::Duration;
use time::{OffsetDateTime, macros::datetime};

/// 60 days and 16 hours after tests begin.
const END: OffsetDateTime = datetime!(2026-08-01 00:00 UTC);
const OTHER: &str = "b@example.com";

/// A server with two accounts, a push certificate and a mail server.
async fn start() -> (Server, Smtp) {
    let smtp = Smtp::start().await;
    let url = format!("smtp://user:secret@{}", smtp.address).parse().unwrap();
    let route = MailRoute::Smtp(Box::new(SmtpRoute::new(&url, "mdm.example.com").unwrap()));
    let server = Server::start_set(|settings| settings.mail_route = route).await;
    for email in [ADMIN, OTHER] {
        server.rollcall.create_account(email, PASSWORD).await.unwrap();
    }
    server.upload_valid(TOPIC, "", END).await.unwrap();
    (server, smtp)
}

impl Server {
    /// Lets time pass, and returns how many mails go out then.
    async fn warned_after(&self, hours: u64) -> u64 {
        self.clock.advance(Duration::from_hours(hours));
        self.rollcall.warn_of_push_certificate().await.unwrap()
    }

    /// What the console says above a page.
    async fn bar(&self, cookie: &str) -> Option<String> {
        let page = self.get("/people").header("cookie", cookie).header("accept", "text/html").send().await.unwrap();
        let page = page.text().await.unwrap();
        let (_, bar) = page.split_once("aria-label=\"Notice about iPhones and iPads\"")?;
        let text = bar.split_once("</div>").unwrap().0;
        assert!(text.contains("href=\"/settings/apple\""), "{text}");
        Some(text.to_owned())
    }
}

/// A mail without the line breaks of its encoding.
fn unfolded(content: &str) -> String {
    content.replace("=\r\n", "").replace("=\n", "")
}

#[tokio::test]
async fn every_account_is_mailed_once_for_each_time_at_which_it_is_due() {
    let (server, smtp) = start().await;
    assert_eq!(server.warned_after(15).await, 0, "60 days and an hour before the end");
    assert_eq!(server.warned_after(1).await, 2);
    let taken = smtp.until(|seen| seen.mails.len() == 2).await.mails;
    let mut to: Vec<_> = taken.iter().map(|mail| mail.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, [ADMIN, OTHER]);
    for shown in ["expires in 60 days", "2026-08-01 00:00 UTC", "mdm@example.com", "/settings/apple", "Auto-Submitted"]
    {
        let content = unfolded(&taken[0].content);
        assert!(content.contains(shown), "{shown} in {content}");
    }
    assert_eq!(server.warned_after(1).await, 0, "once");
    assert_eq!(server.warned_after(29 * 24).await, 0, "an hour and 29 days later");
    assert_eq!(server.warned_after(24).await, 2, "the server was away when it was due");
    assert_eq!(server.warned_after(31 * 24).await, 2, "after the end");
    assert!(smtp.until(|seen| seen.mails.len() == 6).await.mails[5].content.contains("has expired"));
    assert_eq!(server.warned_after(24).await, 2, "and daily from then on");
    // Once it is renewed, there is nothing to warn of.
    server.upload(TOPIC, "").await.unwrap();
    assert_eq!(server.warned_after(24).await, 0);
}

#[tokio::test]
async fn a_mailbox_that_takes_nothing_keeps_no_warning_from_the_others() {
    let (server, smtp) = start().await;
    let refuse = |reply: &'static str| {
        move |line: &str| if line.starts_with("RCPT") && line.contains(ADMIN) { Say::Line(reply) } else { Say::Usual }
    };
    smtp.say(refuse("450 4.2.1 Mailbox is busy"));
    assert_eq!(server.warned_after(16).await, 1);
    assert_eq!(server.warned_after(1).await, 0, "the other one has it");
    smtp.say(|_| Say::Usual);
    assert_eq!(server.warned_after(1).await, 1);
    let taken = smtp.until(|seen| seen.mails.len() == 2).await.mails;
    assert_eq!([taken[0].to.as_str(), &taken[1].to], [OTHER, ADMIN]);
    // One that is refused for good is not tried again.
    smtp.say(refuse("550 5.1.1 No such user"));
    assert_eq!(server.warned_after(30 * 24).await, 2, "one was handed over, the other one is settled");
    smtp.say(|_| Say::Usual);
    assert_eq!(server.warned_after(1).await, 0);
    assert_eq!(smtp.until(|seen| seen.mails.len() >= 3).await.mails.len(), 3);
}

#[tokio::test]
async fn a_warning_waits_for_the_mail_server() {
    let (server, smtp) = start().await;
    smtp.say(|line| if line.starts_with("MAIL") { Say::Line("451 4.3.2 Not now") } else { Say::Usual });
    assert_eq!(server.warned_after(16).await, 0);
    smtp.say(|_| Say::Usual);
    assert_eq!(server.warned_after(1).await, 2);
    smtp.until(|seen| seen.mails.len() == 2).await;
}

#[tokio::test]
async fn nobody_is_warned_while_the_outbox_waits_for_the_mail_server() {
    let (server, smtp) = start().await;
    smtp.say(|line| if line.is_empty() { Say::Line("554 5.7.1 Your address is listed") } else { Say::Usual });
    let mut live = server.rollcall.live();
    server.invite_with("p@example.com", Invite { send: true, expires_at: None }).await;
    while server.rollcall.mail_pause().is_none() {
        live.recv().await.unwrap();
    }
    smtp.say(|_| Say::Usual);
    assert_eq!(server.warned_after(16).await, 0);
    server.rollcall.retry_mails(&Actor::System);
    while server.rollcall.mail_pause().is_some() {
        live.recv().await.unwrap();
    }
    assert_eq!(server.warned_after(1).await, 2);
}

#[tokio::test]
async fn every_page_of_the_console_says_what_keeps_phones_from_being_reached() {
    let server = Server::start().await;
    let cookie = server.signed_in().await;
    assert_eq!(server.bar(&cookie).await, None, "who has no push certificate may have no iPhones");
    server.upload_valid(TOPIC, "", END).await.unwrap();
    assert_eq!(server.bar(&cookie).await, None, "60 days and 16 hours are left");
    server.clock.advance(Duration::from_hours(16));
    assert!(server.bar(&cookie).await.unwrap().contains("expires in 60 days"));
    server.clock.advance(Duration::from_hours(59 * 24));
    // The session has ended with the time that passed.
    let cookie = cookie_of(&server.sign_in(ADMIN, PASSWORD).await);
    assert!(server.bar(&cookie).await.unwrap().contains("expires in 1 day."));
    server.clock.advance(Duration::from_hours(24));
    assert!(server.bar(&cookie).await.unwrap().contains("has expired"));
    server.upload(TOPIC, "").await.unwrap();
    assert_eq!(server.bar(&cookie).await, None);
}
