//! How connections to the mail server are used and ended, and mails that are sent once whatever happens.

use super::{Office, PEOPLE, is};
use crate::mail::smtp::{Say, count};
use domain::{invitation::Delivery, types::ids::InvitationId};
use service::Invite;
use std::time::Duration;

/// Queues mails to the first people while the mail server refuses us.
async fn queued(office: &Office, count: usize) -> Vec<InvitationId> {
    office.smtp.say(|line| if line.is_empty() { Say::Line("554 5.7.1 Your address is listed") } else { Say::Usual });
    let mut invitations = Vec::new();
    for email in &PEOPLE[..count] {
        invitations.push(office.invite(email).await);
    }
    office.paused().await;
    invitations
}

#[tokio::test]
async fn a_refused_recipient_costs_no_other_connection_and_is_not_tried_twice() {
    let office = Office::open().await;
    let invitations = queued(&office, 3).await;
    office.smtp.say(|line| if line.contains("TO:<cyd@") { Say::Line("550 5.1.1 No such user") } else { Say::Usual });
    office.retry();
    office.smtp.taken(2).await;
    office.failed(invitations[2]).await;
    let seen = office.smtp.until(|seen| count(seen, "RCPT") >= 3).await;
    assert_eq!((count(&seen, "RCPT"), count(&seen, "EHLO"), count(&seen, "RSET")), (3, 1, 1));
    let is_plain = |line: &String| !line.contains("8BITMIME") && !line.contains("SMTPUTF8");
    assert!(seen.lines.iter().filter(|line| is(line, "MAIL")).all(is_plain), "mails are ASCII: {:?}", seen.lines);
}

#[tokio::test]
async fn a_mail_is_not_sent_after_its_invitation_has_ended() {
    let office = Office::open().await;
    queued(&office, 1).await;
    let expires_at = Some(office.server.rollcall.clock().now().plus_seconds(3600));
    office.server.invite_with("eve@example.com", Invite { send: true, expires_at }).await;
    office.server.clock.advance(Duration::from_hours(2));
    office.smtp.say(|_| Say::Usual);
    office.retry();
    assert_eq!(office.smtp.taken(1).await, ["ada@example.com"]);
    office.invite("bob@example.com").await;
    assert_eq!(office.smtp.taken(2).await, ["ada@example.com", "bob@example.com"]);
}

#[tokio::test]
async fn a_mail_that_may_have_arrived_is_not_sent_again_at_once() {
    let office = Office::open().await;
    queued(&office, 2).await;
    // The second one is handed over on the connection that was kept.
    let mut mails = 0;
    office.smtp.say(move |line| {
        mails += u32::from(line == ".");
        if line == "." && mails == 2 { Say::HangUp } else { Say::Usual }
    });
    office.retry();
    office.smtp.taken(1).await;
    let seen = office.smtp.until(|seen| count(seen, "DATA") >= 2).await;
    office.paused().await;
    let seen = office.smtp.until(|now| now.lines.len() >= seen.lines.len()).await;
    assert_eq!((count(&seen, "DATA"), seen.mails.len()), (2, 1));
}

#[tokio::test]
async fn a_mail_whose_delivery_cannot_be_recorded_is_sent_once_and_recorded_later() {
    let office = Office::open().await;
    let stop = "create trigger stop before update on mails when old.state = 'sending' \
        begin select raise(abort, 'broken'); end";
    office.server.sql(stop).await;
    let ada = office.invite("ada@example.com").await;
    office.smtp.taken(1).await;
    let failing = async || office.server.rollcall.failing_workers().iter().any(|worker| worker.name == "mail");
    while !failing().await {
        tokio::task::yield_now().await;
    }
    office.server.sql("drop trigger stop").await;
    office.until(async || matches!(office.delivery(ada).await, Delivery::Sent { .. }).then_some(())).await;
    assert_eq!(office.smtp.taken(1).await.len(), 1);
}

#[tokio::test]
async fn the_mail_server_is_told_goodbye() {
    let mut office = Office::open().await;
    assert!(!office.server.rollcall.writes_mails_to_files());
    office.invite("ada@example.com").await;
    office.smtp.taken(1).await;
    office.server.restart_workers().await;
    office.smtp.until(|seen| count(seen, "QUIT") == 1).await;
}
