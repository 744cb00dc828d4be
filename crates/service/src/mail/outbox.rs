//! What others see of the outbox: whether it is paused, and the wish not to wait.

use domain::Timestamp;
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

/// The outbox waits for the mail server. No mail fails for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailPause {
    /// Since when nothing has got through.
    pub since: Timestamp,
    /// When it is tried again.
    pub next_try_at: Timestamp,
    /// The mail server's words, or what was missing.
    pub reason: String,
}

/// Shared between the mail worker and the use cases.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    pause: Mutex<Option<MailPause>>,
    retry: AtomicBool,
    sending: AtomicUsize,
}

/// A mail that is being handed to the mail server, until it is dropped.
pub(crate) struct Sending<'a>(&'a Outbox);

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        self.0.sending.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Outbox {
    /// The pause, while there is one.
    pub(crate) fn pause(&self) -> Option<MailPause> {
        self.pause.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Shows a pause, or that there is none; true when that is news.
    pub(crate) fn show(&self, pause: Option<&MailPause>) -> bool {
        let mut shown = self.pause.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = shown.as_ref() != pause;
        if is_news {
            *shown = pause.cloned();
        }
        is_news
    }

    /// Asks the worker not to wait.
    pub(crate) fn ask_retry(&self) {
        self.retry.store(true, Ordering::SeqCst);
    }

    /// Begins to hand a mail to the mail server.
    pub(crate) fn begin_sending(&self) -> Sending<'_> {
        self.sending.fetch_add(1, Ordering::Relaxed);
        Sending(self)
    }

    /// How many mails are being handed to the mail server.
    pub(crate) fn sending(&self) -> usize {
        self.sending.load(Ordering::Relaxed)
    }

    /// Whether it was asked since the last call.
    pub(crate) fn take_retry(&self) -> bool {
        self.retry.swap(false, Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_being_sent_until_that_ends() {
        let outbox = Outbox::default();
        let (first, second) = (outbox.begin_sending(), outbox.begin_sending());
        assert_eq!(outbox.sending(), 2);
        drop(first);
        assert_eq!(outbox.sending(), 1);
        drop(second);
        assert_eq!(outbox.sending(), 0);
    }

    #[test]
    fn a_request_to_try_again_is_taken_once() {
        let outbox = Outbox::default();
        assert!(!outbox.take_retry());
        outbox.ask_retry();
        assert!(outbox.take_retry());
        assert!(!outbox.take_retry());
    }
}
