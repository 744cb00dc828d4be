//! Mails on their way to a mail server: whom a refusal is about, and what becomes of the others.

mod connections;
pub mod smtp;

use crate::harness::Server;
use domain::{
    actor::Actor, invitation::Delivery, list::SlotQuery, slot::attention::NextStep, types::ids::InvitationId,
};
use service::{
    Invite, LiveEvent, MailPause, NewPerson, ServiceError,
    mail::{MailRoute, SmtpRoute, StepLimits},
};
use smtp::{Say, Seen, Smtp, count};
use std::time::Duration;

/// A server with a scripted mail server.
struct Office {
    server: Server,
    smtp: Smtp,
}

impl Office {
    async fn open() -> Self {
        Self::open_with(StepLimits::default()).await
    }

    async fn open_with(limits: StepLimits) -> Self {
        let smtp = Smtp::start().await;
        let url = format!("smtp://user:secret@{}", smtp.address).parse().unwrap();
        let mut route = SmtpRoute::new(&url, "mdm.example.com").unwrap();
        route.limits = limits;
        let server = Server::start_set(|settings| settings.mail_route = MailRoute::Smtp(Box::new(route))).await;
        Self { server, smtp }
    }

    async fn invite(&self, email: &str) -> InvitationId {
        let new = NewPerson { name: String::new(), email: email.to_owned(), locale: None };
        let how = Invite { send: true, expires_at: None };
        self.server.rollcall.invite_by_email(Actor::System, &new, how).await.unwrap().invitation_id
    }

    async fn delivery(&self, invitation: InvitationId) -> Delivery {
        self.server.rollcall.invitation(invitation).await.unwrap().invitation.delivery
    }

    fn retry(&self) {
        self.server.rollcall.retry_mails(&Actor::System);
    }

    /// Waits until a condition holds that the worker's work makes true.
    async fn until<T>(&self, mut check: impl AsyncFnMut() -> Option<T>) -> T {
        let mut live = self.server.rollcall.live();
        let waiting = async {
            loop {
                if let Some(found) = check().await {
                    return found;
                }
                let _: Result<LiveEvent, _> = live.recv().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), waiting).await.unwrap()
    }

    async fn paused(&self) -> MailPause {
        self.until(async || self.server.rollcall.mail_pause()).await
    }

    async fn goes_on(&self) {
        self.until(async || self.server.rollcall.mail_pause().is_none().then_some(())).await;
    }

    async fn failed(&self, invitation: InvitationId) -> String {
        self.until(async || match self.delivery(invitation).await {
            Delivery::Failed { reason, .. } => Some(reason),
            _ => None,
        })
        .await
    }

    /// What the console suggests for the only row.
    async fn next_step(&self) -> NextStep {
        let rows = self.server.rollcall.list_slots(SlotQuery::default()).await.unwrap().rows;
        rows[0].attention.as_ref().unwrap().next
    }

    async fn delayed(&self, invitation: InvitationId) -> String {
        self.until(async || match self.delivery(invitation).await {
            Delivery::Queued { trouble, .. } => trouble,
            _ => None,
        })
        .await
    }
}

fn is(line: &str, word: &str) -> bool {
    line.starts_with(word)
}

const PEOPLE: [&str; 4] = ["ada@example.com", "bob@example.com", "cyd@example.com", "dan@example.com"];

#[tokio::test]
async fn what_the_mail_server_has_against_us_fails_nobody() {
    for (word, reply) in [
        ("", "554 5.7.1 Your address is listed"),
        ("EHLO", "504 5.5.2 Need a fully-qualified hostname"),
        ("AUTH", "535 5.7.139 Authentication unsuccessful"),
        ("MAIL", "550 5.7.60 You may not send as this sender"),
        ("RCPT", "554 5.7.1 Relay access denied"),
        ("RCPT", "530 5.7.0 Authentication required"),
        (".", "554 5.7.1 Message refused by policy"),
    ] {
        let office = Office::open().await;
        office.smtp.say(move |line| {
            if line == word || (!word.is_empty() && is(line, word)) { Say::Line(reply) } else { Say::Usual }
        });
        let mut invitations = Vec::new();
        for email in PEOPLE {
            invitations.push(office.invite(email).await);
        }
        let pause = office.paused().await;
        assert_eq!(pause.reason, reply);
        for invitation in invitations {
            assert!(matches!(office.delivery(invitation).await, Delivery::Queued { .. }), "{reply}");
        }
        // Someone repairs it, and does not want to wait.
        office.smtp.say(|_| Say::Usual);
        office.retry();
        assert_eq!(office.smtp.taken(4).await, PEOPLE, "{reply}");
        office.goes_on().await;
    }
}

#[tokio::test]
async fn a_wrong_address_fails_at_once_and_holds_nobody_up() {
    let office = Office::open().await;
    office.smtp.say(|line| if line.contains("bob@") { Say::Line("550 5.1.1 No such mailbox") } else { Say::Usual });
    let mut invitations = Vec::new();
    for email in PEOPLE {
        invitations.push(office.invite(email).await);
    }
    assert_eq!(office.smtp.taken(3).await, [PEOPLE[0], PEOPLE[2], PEOPLE[3]]);
    assert_eq!(office.failed(invitations[1]).await, "550 5.1.1 No such mailbox");
    assert_eq!(office.server.rollcall.mail_pause(), None);
}

#[tokio::test]
async fn a_policy_against_one_person_fails_them_once_others_got_through() {
    let office = Office::open().await;
    office.smtp.say(|line| if line.contains("bob@") { Say::Line("550 5.7.1 Not for you") } else { Say::Usual });
    let bob = office.invite("bob@example.com").await;
    office.delayed(bob).await;
    office.server.clock.advance(Duration::from_secs(1));
    office.invite("ada@example.com").await;
    office.smtp.taken(1).await;
    office.retry();
    assert_eq!(office.failed(bob).await, "550 5.7.1 Not for you");
    assert_eq!(office.server.rollcall.mail_pause(), None);
}

#[tokio::test]
async fn a_server_that_is_busy_uses_up_no_mails_tries() {
    let office = Office::open().await;
    office.smtp.say(|line| if is(line, "RCPT") { Say::Line("451 4.7.500 Server busy") } else { Say::Usual });
    let ada = office.invite("ada@example.com").await;
    for tries in 1..=20 {
        office.smtp.until(|seen| count(seen, "RCPT") >= tries).await;
        office.retry();
    }
    assert_eq!(office.delayed(ada).await, "451 4.7.500 Server busy");
    office.paused().await;
    office.smtp.say(|_| Say::Usual);
    office.retry();
    office.smtp.taken(1).await;
    office.goes_on().await;
}

#[tokio::test]
async fn a_server_that_falls_silent_is_not_waited_for() {
    let short = Duration::from_millis(200);
    for word in ["", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"] {
        let office = Office::open_with(StepLimits { connect: short, command: short, content: short }).await;
        office.smtp.say(
            move |line| if line == word || (!word.is_empty() && is(line, word)) { Say::Nothing } else { Say::Usual },
        );
        office.invite("ada@example.com").await;
        let reason = office.paused().await.reason;
        assert!(reason.contains("did not answer"), "{word}: {reason}");
        office.smtp.say(|_| Say::Usual);
        office.retry();
        office.smtp.taken(1).await;
    }
}

#[tokio::test]
async fn a_mail_whose_reply_is_lost_is_tried_again() {
    let office = Office::open().await;
    office.smtp.say(|line| if line == "." { Say::HangUp } else { Say::Usual });
    let ada = office.invite("ada@example.com").await;
    let reason = office.delayed(ada).await;
    assert!(reason.contains("may have arrived"), "{reason}");
    office.smtp.say(|_| Say::Usual);
    office.retry();
    office.smtp.taken(1).await;
}

#[tokio::test]
async fn resending_a_mail_that_waits_sends_it_at_once() {
    let office = Office::open().await;
    office.smtp.say(|line| if is(line, "RCPT") { Say::Line("452 4.2.2 Mailbox full") } else { Say::Usual });
    let (ada, bob) = (office.invite("ada@example.com").await, office.invite("bob@example.com").await);
    office.delayed(ada).await;
    office.delayed(bob).await;
    office.smtp.say(|_| Say::Usual);
    office.server.rollcall.resend(Actor::System, ada).await.unwrap();
    // The worker hangs up when nothing is due any more: Bob's mail keeps its time.
    let is_idle = |seen: &Seen| !seen.mails.is_empty() && seen.lines.last().is_some_and(|line| line == "QUIT");
    let taken: Vec<_> = office.smtp.until(is_idle).await.mails.into_iter().map(|mail| mail.to).collect();
    assert_eq!(taken, ["ada@example.com"]);
    assert!(matches!(office.delivery(ada).await, Delivery::Sent { .. }));
    office.delayed(bob).await;
}

#[tokio::test]
async fn a_mail_that_was_being_sent_to_someone_who_cannot_be_read_fails_once_they_can() {
    let mut office = Office::open().await;
    office.smtp.say(|line| if is(line, "RCPT") { Say::Line("452 4.2.2 Mailbox full") } else { Say::Usual });
    let ada = office.invite("ada@example.com").await;
    office.delayed(ada).await;
    office.smtp.say(|_| Say::Usual);
    // The process was killed while it sent the mail, and the invitation is damaged.
    assert_eq!(office.server.sql("update mails set state = 'sending'").await, 1);
    assert_eq!(office.server.sql("update invitations set doc = '{' || doc").await, 1);
    office.server.restart_workers().await;
    // Mails of others go out, and this one is not sent a second time.
    office.invite("bob@example.com").await;
    assert_eq!(office.smtp.taken(1).await, ["bob@example.com"]);
    assert_eq!(office.server.sql("update invitations set doc = substr(doc, 2) where doc like '{{%'").await, 1);
    office.server.clock.advance(Duration::from_hours(1));
    office.retry();
    let reason = office.failed(ada).await;
    assert!(reason.contains("stopped while it was sending"), "{reason}");
    assert_eq!(office.smtp.taken(1).await, ["bob@example.com"]);
}

#[tokio::test]
async fn stopping_does_not_wait_for_the_mail_server_and_loses_no_mail() {
    let mut office = Office::open().await;
    office.smtp.say(|line| if is(line, "RCPT") { Say::Nothing } else { Say::Usual });
    let ada = office.invite("ada@example.com").await;
    office.smtp.until(|seen| count(seen, "RCPT") == 1).await;
    office.smtp.say(|_| Say::Usual);
    tokio::time::timeout(Duration::from_secs(10), office.server.restart_workers()).await.unwrap();
    assert_eq!(office.smtp.taken(1).await, ["ada@example.com"]);
    office.until(async || matches!(office.delivery(ada).await, Delivery::Sent { .. }).then_some(())).await;
}

#[tokio::test]
async fn a_mail_that_may_have_arrived_when_rollcall_stopped_can_be_sent_again() {
    let mut office = Office::open().await;
    office.smtp.say(|line| if line == "." { Say::Nothing } else { Say::Usual });
    let ada = office.invite("ada@example.com").await;
    office.smtp.until(|seen| count(seen, "DATA") == 1).await;
    tokio::time::timeout(Duration::from_secs(10), office.server.restart_workers()).await.unwrap();
    assert!(office.failed(ada).await.contains("may or may not have arrived"));
    assert_eq!(office.next_step().await, NextStep::Resend);
    office.smtp.say(|_| Say::Usual);
    let resent = office.server.rollcall.resend(Actor::System, ada).await;
    assert_eq!(resent, Ok::<(), ServiceError>(()));
    office.smtp.taken(1).await;
}

#[tokio::test]
async fn a_connection_that_the_server_closes_between_mails_is_no_trouble() {
    let office = Office::open().await;
    let mut mails = 0;
    office.smtp.say(move |line| {
        if is(line, "MAIL") {
            mails += 1;
            // The second mail on the first connection; its repetition on a new one is the third.
            return if mails == 2 { Say::Line("421 4.7.0 Enough for this connection") } else { Say::Usual };
        }
        Say::Usual
    });
    for email in &PEOPLE[..3] {
        office.invite(email).await;
    }
    office.smtp.taken(3).await;
    assert_eq!(office.server.rollcall.mail_pause(), None);
}

#[tokio::test]
async fn addresses_outside_ascii_go_in_the_form_that_the_server_understands() {
    let office = Office::open().await;
    office.invite("ada@bücher.example").await;
    let seen = office.smtp.until(|seen| seen.mails.len() == 1).await;
    assert_eq!(seen.mails[0].to, "ada@xn--bcher-kva.example");
    assert!(seen.mails[0].content.contains("ada@xn--bcher-kva.example"), "{}", seen.mails[0].content);
    assert!(!line(&seen, "MAIL").contains("SMTPUTF8"), "{seen:?}");
    office.invite("jörg@example.com").await;
    let seen = office.smtp.until(|seen| seen.mails.len() == 2).await;
    assert_eq!(seen.mails[1].to, "jörg@example.com");
    assert!(line(&seen, "MAIL").contains("SMTPUTF8"), "{seen:?}");
}

#[tokio::test]
async fn an_address_that_the_server_cannot_take_is_refused_with_the_reason() {
    let office = Office::open().await;
    office
        .smtp
        .say(|line| if is(line, "EHLO") { Say::Line("250-mail.example.com\r\n250 AUTH PLAIN") } else { Say::Usual });
    let person = office.invite("jörg@example.com").await;
    assert!(office.failed(person).await.contains("SMTPUTF8"));
    assert_eq!(office.next_step().await, NextStep::CorrectEmail);
    office.invite("ada@example.com").await;
    assert_eq!(office.smtp.taken(1).await, ["ada@example.com"]);
}

#[tokio::test]
async fn the_greeting_names_the_host_and_a_script_can_read_and_end_a_pause() {
    let office = Office::open().await;
    office.smtp.say(|line| if is(line, "AUTH") { Say::Line("535 5.7.8 Bad password") } else { Say::Usual });
    office.invite("ada@example.com").await;
    office.paused().await;
    let seen = office.smtp.until(|_| true).await;
    assert_eq!(line(&seen, "EHLO"), "EHLO mdm.example.com");
    let token = office.server.api_token().await;
    let call = |request: reqwest::RequestBuilder| request.bearer_auth(&token).send();
    let outbox: serde_json::Value = call(office.server.get("/api/v1/outbox")).await.unwrap().json().await.unwrap();
    assert_eq!(outbox["paused"]["reason"], "535 5.7.8 Bad password");
    office.smtp.say(|_| Say::Usual);
    assert_eq!(call(office.server.post("/api/v1/outbox/retry")).await.unwrap().status(), 204);
    office.smtp.taken(1).await;
    office.goes_on().await;
    let outbox: serde_json::Value = call(office.server.get("/api/v1/outbox")).await.unwrap().json().await.unwrap();
    assert_eq!(outbox["paused"], serde_json::Value::Null);
}

#[tokio::test]
async fn every_open_console_hears_of_a_pause_and_of_its_end() {
    let office = Office::open().await;
    office.smtp.say(|line| if is(line, "AUTH") { Say::Line("535 5.7.8 Bad\u{1b} password") } else { Say::Usual });
    let cookie = office.server.signed_in().await;
    let open = async || office.server.get("/live").header("cookie", &cookie).send().await.unwrap();
    let mut open_before = open().await;
    assert_eq!(outbox(&mut open_before).await, "0");
    office.invite("ada@example.com").await;
    let next_try_ms = office.paused().await.next_try_at.as_millis();
    let expected = format!("{next_try_ms} 535 5.7.8 Bad password");
    assert_eq!(outbox(&mut open_before).await, expected);
    assert_eq!(outbox(&mut open().await).await, expected);
    office.smtp.say(|_| Say::Usual);
    office.retry();
    assert_eq!(outbox(&mut open_before).await, "0");
}

/// What a stream says of the outbox next.
async fn outbox(stream: &mut reqwest::Response) -> String {
    let reading = async {
        loop {
            let text = String::from_utf8(stream.chunk().await.unwrap().unwrap().to_vec()).unwrap();
            if let Some((_, rest)) = text.split_once("event: outbox\ndata: ") {
                return rest.lines().next().unwrap().to_owned();
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(30), reading).await.unwrap()
}

/// The latest line that begins with a word.
fn line<'a>(seen: &'a Seen, word: &str) -> &'a str {
    seen.lines.iter().rfind(|line| line.starts_with(word)).unwrap()
}
