//! Pushes, to a stand-in for Apple's service.

use super::phone::{IPhone, TOPIC, pretended_apple, push_at, seeded};
use crate::harness::{Invited, Server};
use apple::apns::Identity;
use domain::{device::command::CommandKind, slot::attention::Cause, types::ids::SlotId};
use meters::Counter;
use pretended_apns::{Arrived, PretendedApns, Reply, Tls};
use service::{
    LiveEvent, PushHealth, UploadRefusal,
    environment::{Clock as _, SystemClock},
};
use std::time::Duration;
use time::{OffsetDateTime, macros::datetime};
use tokio::sync::mpsc::UnboundedReceiver;

const TOKEN: &[u8] = b"THE-TOKEN-THE-TOKEN-THE-TOKEN-01";

/// A server, the push service that it speaks to, and what arrives there.
async fn start() -> (Server, PretendedApns, UnboundedReceiver<Arrived>) {
    // Certificates of TLS go by the real time.
    let now = OffsetDateTime::from_unix_timestamp(SystemClock.now().as_millis() / 1000).unwrap();
    let authority = pretended_apple();
    let identity: Identity = authority.server_identity(now, &mut seeded()).unwrap();
    let tls = Tls::new(identity, authority.certificate().der());
    let apns = PretendedApns::start("127.0.0.1:0".parse().unwrap(), tls).await.unwrap();
    let arrived = apns.watch();
    let base = apns.base();
    let server = Server::start_set(|settings| settings.apple_push = push_at(&base)).await;
    server.upload(TOPIC, "").await.unwrap();
    (server, apns, arrived)
}

impl Server {
    /// A phone that waits for the push that follows its enrollment, and then gives its first information.
    async fn pushed_phone(&self, invited: &Invited, arrived: &mut UnboundedReceiver<Arrived>) -> (IPhone<'_>, Arrived) {
        self.accept(invited, "company", "ios").await;
        let mut phone = IPhone::with_profile(self, invited, 0).await;
        phone.enroll().await;
        let push = arrived.recv().await.unwrap();
        phone.answer_all().await;
        assert_eq!(self.status_of(invited.slot).await, "active");
        (phone, push)
    }

    /// The cause for which a row needs attention.
    async fn cause_of(&self, slot: SlotId) -> Option<Cause> {
        self.rollcall.slot(slot).await.unwrap().item.attention.map(|it| it.cause)
    }

    /// Lets the pause between two pushes pass, and requests a lock.
    async fn ask_to_lock(&self, invited: &Invited) {
        self.clock.advance(Duration::from_mins(1));
        self.ask(self.device_of(invited).await, CommandKind::Lock {}).await;
    }

    /// Waits until Apple's word about the push certificate is such.
    async fn health_until(&self, is_such: impl FnMut(&PushHealth) -> bool) {
        self.rollcall.watch_push_health().wait_for(is_such).await.unwrap();
    }

    /// Does something, and waits for the entry of the journal that follows from it.
    async fn until(&self, kind: &str, act: impl Future<Output = ()>) {
        let mut live = self.rollcall.live();
        act.await;
        while !matches!(live.recv().await.unwrap(), LiveEvent::Changed(change) if change.kind == kind) {}
    }
}

#[tokio::test]
async fn a_phone_is_pushed_when_it_can_be_reached_and_when_something_is_requested() {
    let (server, _apns, mut arrived) = start().await;
    let invited = server.invite("p@example.com").await;
    let (_, first) = server.pushed_phone(&invited, &mut arrived).await;
    assert_eq!((first.push.token(), first.push.topic(), first.push.magic()), (TOKEN, TOPIC, "THE-PUSH-MAGIC"));
    server.ask_to_lock(&invited).await;
    let second = arrived.recv().await.unwrap();
    assert_eq!((second.push.token(), second.connection), (TOKEN, first.connection), "the connection is kept");
}

#[tokio::test]
async fn a_phone_that_apple_does_not_know_needs_attention_and_is_not_unenrolled() {
    let (server, apns, mut arrived) = start().await;
    let invited = server.invite("p@example.com").await;
    let (phone, _) = server.pushed_phone(&invited, &mut arrived).await;
    apns.unregister(TOKEN, datetime!(2026-06-02 00:00 UTC));
    server.until("push_refused", server.ask_to_lock(&invited)).await;
    assert_eq!(server.cause_of(invited.slot).await, Some(Cause::NotReachable));
    let pushes = &server.rollcall.work_stats().pushes;
    assert_eq!([&pushes.accepted, &pushes.refused, &pushes.later, &pushes.failed].map(Counter::get), [1, 1, 0, 0]);
    assert_eq!(server.status_of(invited.slot).await, "active");
    // It calls by itself, with the same address or another one.
    apns.reply_to(TOKEN, None);
    server.until("push_restored", async { assert_eq!(phone.tell_address().await, 200) }).await;
    assert_eq!(server.cause_of(invited.slot).await, None);
}

#[tokio::test]
async fn a_certificate_that_apple_refuses_is_nobodys_fault_and_another_one_is_used_at_once() {
    let (server, apns, mut arrived) = start().await;
    let invited = server.invite("p@example.com").await;
    server.pushed_phone(&invited, &mut arrived).await;
    apns.reply_to_all(Reply::refusal(403, "BadCertificate"));
    server.ask_to_lock(&invited).await;
    arrived.recv().await.unwrap();
    server.health_until(|health| health.refused.is_some()).await;
    assert_eq!(server.cause_of(invited.slot).await, None, "the phone did nothing");
    assert_eq!(server.rollcall.work_stats().pushes.failed.get(), 1);
    apns.reply_to_all(None);
    server.clock.advance(Duration::from_hours(1));
    server.upload(TOPIC, "").await.unwrap();
    arrived.recv().await.unwrap();
    server.health_until(|health| health.refused.is_none() && health.accepted_at.is_some()).await;
}

#[tokio::test]
async fn a_certificate_of_another_topic_is_refused_while_phones_depend_on_the_present_one() {
    let (server, _apns, _arrived) = start().await;
    let invited = server.invite("p@example.com").await;
    server.active_phone(&invited, "company", false).await;
    let other = "com.apple.mgmt.External.other";
    let refused = server.upload(other, "").await.unwrap_err();
    assert!(matches!(refused, UploadRefusal::OtherTopic { phones: 1, .. }), "{refused}");
    assert_eq!(server.rollcall.apple_topic().await.unwrap().as_deref(), Some(TOPIC));
    server
        .until("push_refused", async {
            server.upload(other, other).await.unwrap();
            server.ask_to_lock(&invited).await;
        })
        .await;
    assert_eq!(server.cause_of(invited.slot).await, Some(Cause::OldTopic));
}
