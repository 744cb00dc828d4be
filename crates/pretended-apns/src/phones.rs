//! Who waits for which pushes, and what is answered.

use crate::respond::{Arrived, Reply};
use apple::{
    apns::{Answer, Push},
    push_certificate::PushCertificate,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use time::OffsetDateTime;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

/// What the service knows, shared by its connections.
#[derive(Default)]
pub(crate) struct Phones(Mutex<State>);

#[derive(Default)]
struct State {
    by_token: HashMap<Vec<u8>, Phone>,
    /// Answers that a test asked for, for all tokens without one of their own.
    reply: Option<Reply>,
    watchers: Vec<UnboundedSender<Arrived>>,
    arrived: usize,
}

/// What is known of one token.
#[derive(Default)]
struct Phone {
    /// What it waits for pushes on.
    topic: Option<String>,
    waits: Option<UnboundedSender<Push>>,
    /// The latest push that nobody waited for: Apple keeps one.
    kept: Option<Push>,
    reply: Option<Reply>,
}

/// The pushes to one phone. Whoever drops it is off; the latest push is kept until the phone is back.
pub struct Pushes {
    token: Vec<u8>,
    phones: Arc<Phones>,
    receiver: UnboundedReceiver<Push>,
}

impl Pushes {
    /// Waits for a push. None when the service knows a newer phone with this token.
    pub async fn next(&mut self) -> Option<Push> {
        self.receiver.recv().await
    }
}

impl Drop for Pushes {
    fn drop(&mut self) {
        self.receiver.close();
        let mut state = self.phones.lock();
        let Some(phone) = state.by_token.get_mut(&self.token) else { return };
        if phone.waits.as_ref().is_some_and(UnboundedSender::is_closed) {
            phone.waits = None;
        }
        // What came and was not looked at stays as well.
        while let Ok(push) = self.receiver.try_recv() {
            phone.kept = Some(push);
        }
    }
}

impl Phones {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn wait_for(self: &Arc<Self>, token: &[u8], topic: &str) -> Pushes {
        let (sender, receiver) = mpsc::unbounded_channel();
        let mut state = self.lock();
        let phone = state.by_token.entry(token.to_vec()).or_default();
        if let Some(kept) = phone.kept.take() {
            let _ = sender.send(kept);
        }
        phone.topic = Some(topic.to_owned());
        phone.waits = Some(sender);
        Pushes { token: token.to_vec(), phones: self.clone(), receiver }
    }

    pub fn reply_to(&self, token: &[u8], reply: Option<Reply>) {
        self.lock().by_token.entry(token.to_vec()).or_default().reply = reply;
    }

    pub fn reply_to_all(&self, reply: Option<Reply>) {
        self.lock().reply = reply;
    }

    pub fn unregister(&self, token: &[u8], at: OffsetDateTime) {
        let gone = Answer { since: Some(at), ..answer(410, Some("Unregistered")) };
        let phone = Phone { reply: Some(Reply::Answer(gone)), ..Phone::default() };
        self.lock().by_token.insert(token.to_vec(), phone);
    }

    pub fn watch(&self) -> UnboundedReceiver<Arrived> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.lock().watchers.push(sender);
        receiver
    }

    pub fn arrived(&self) -> usize {
        self.lock().arrived
    }

    /// Takes a push, hands it on if it is accepted, and says what is answered.
    pub fn take(&self, arrived: &Arrived) -> Reply {
        let (push, state) = (&arrived.push, &mut *self.lock());
        state.arrived += 1;
        state.watchers.retain(|watcher| watcher.send(arrived.clone()).is_ok());
        let reply = state.by_token.get(push.token()).and_then(|phone| phone.reply.clone()).or(state.reply.clone());
        if let Some(reply) = reply
            && !matches!(&reply, Reply::Answer(answer) if answer.status == 200)
        {
            return reply;
        }
        let phone = state.by_token.entry(push.token().to_vec()).or_default();
        if let Some(refusal) = refusal(arrived, phone) {
            return Reply::Answer(answer(400, Some(refusal)));
        }
        let taken = phone.waits.as_ref().is_some_and(|waits| waits.send(push.clone()).is_ok());
        phone.kept = (!taken).then(|| push.clone());
        Reply::Answer(answer(200, None))
    }
}

/// Why Apple's service would refuse a push, in its words.
fn refusal(arrived: &Arrived, phone: &Phone) -> Option<&'static str> {
    let topic = arrived.push.topic();
    match PushCertificate::read(&arrived.certificate) {
        Ok(certificate) if certificate.topic() == topic => {}
        Ok(_) => return Some("TopicDisallowed"),
        Err(_) => return Some("BadCertificate"),
    }
    let other = phone.topic.as_deref().is_some_and(|own| own != topic);
    other.then_some("DeviceTokenNotForTopic")
}

pub(crate) fn answer(status: u16, reason: Option<&str>) -> Answer {
    Answer { status, reason: reason.map(str::to_owned), since: None, retry_after: None }
}
