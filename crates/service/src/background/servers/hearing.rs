//! Hears what happened at other servers.

use crate::{
    Rollcall, ServiceResult,
    live::LiveEvent,
    security::limiter::{Full, Limit},
    servers::{LimitKind, News, Told, Work},
    supervision::stopped,
};
use std::sync::Arc;
use store::ServerNews;
use tokio::sync::{broadcast, watch};

/// Hears until `stop` is set.
pub(crate) async fn hear_servers(
    rollcall: Arc<Rollcall>,
    mut news: broadcast::Receiver<ServerNews>,
    mut stop: watch::Receiver<bool>,
) -> ServiceResult<()> {
    loop {
        let heard = tokio::select! {
            heard = news.recv() => heard,
            () = stopped(&mut stop) => return Ok(()),
        };
        match heard {
            Ok(ServerNews::Told(text)) => rollcall.hear(&text),
            Ok(ServerNews::Missed) | Err(broadcast::error::RecvError::Lagged(_)) => rollcall.take_news(News::Missed),
            Err(broadcast::error::RecvError::Closed) => return Ok(()),
        }
        rollcall.worker_states.works("hearing_servers");
    }
}

impl Rollcall {
    fn hear(&self, text: &str) {
        let Ok(told) = serde_json::from_str::<Told>(text) else { return self.take_news(News::Missed) };
        if told.from == self.servers.id() {
            return;
        }
        self.servers.meet();
        for news in told.news.into_iter().filter_map(|news| serde_json::from_value(news).ok()) {
            self.take_news(news);
        }
    }

    fn take_news(&self, news: News) {
        match news {
            News::Hello => {}
            News::Missed => {
                self.register.forget_all();
                self.attention.changed();
                self.hub.send_here(LiveEvent::Missed);
            }
            News::Device(id) => self.register.forget(id),
            News::Rows => self.attention.changed(),
            News::Live(event) => self.hub.send_here(event),
            News::Work(work) => self.begin(work),
            News::Wrong { kind, key, failures, window_s, since } => {
                let limits = match kind {
                    LimitKind::Pin => &self.pin_limits,
                    LimitKind::SignIn => &self.sign_in_limits,
                    LimitKind::Scep => &self.scep_limits,
                };
                let full = Full { key, limit: Limit { failures, window_s }, since };
                limits.count_elsewhere(full, self.environment.now());
            }
            // Whichever server has the stream of that browser.
            News::Shown { watch, session, shown, is_more: false } => _ = self.hub.rows.show(watch, session, shown),
            News::Shown { watch, session, shown, is_more: true } => _ = self.hub.rows.show_more(watch, session, shown),
        }
    }

    /// Wakes whoever does this work here.
    fn begin(&self, work: Work) {
        match work {
            Work::Mails => self.hub.mail.notify_one(),
            Work::MailsNow => {
                self.outbox.ask_retry();
                self.hub.mail.notify_one();
            }
            Work::Reminders => self.hub.reminders.notify_one(),
            Work::Pushes => self.hub.pushes.notify_one(),
            Work::InviteJobs => self.hub.invite_jobs.notify_one(),
            Work::Imports => self.hub.imports.notify_one(),
        }
    }

    /// Wakes whoever does this work, on this server or on another one.
    pub(crate) fn begin_anywhere(&self, work: Work) {
        self.begin(work);
        self.servers.tell(News::Work(work));
    }
}
