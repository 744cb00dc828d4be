//! This server: whether it leads, whether there are others, and what they are to be told.

use super::News;
use crate::live::LiveEvent;
use domain::types::ids::ServerId;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use store::{ServerCard, Standing};
use tokio::sync::{Mutex, MutexGuard, mpsc, watch};

/// News that wait to be told; beyond that others are told that they missed some.
const BACKLOG: usize = 20_000;

/// This server among those on the same database.
pub(crate) struct Servers {
    card: ServerCard,
    /// Whether the database is shared at all.
    is_shared: bool,
    leads: watch::Sender<bool>,
    has_others: AtomicBool,
    /// What is to be told.
    news: mpsc::Sender<News>,
    untold: Mutex<mpsc::Receiver<News>>,
    has_missed: AtomicBool,
}

impl Servers {
    /// The only one, or one that has not introduced itself yet.
    pub(crate) fn new(card: ServerCard, is_shared: bool) -> Arc<Self> {
        let (news, untold) = mpsc::channel(BACKLOG);
        Arc::new(Self {
            card,
            is_shared,
            leads: watch::channel(!is_shared).0,
            has_others: AtomicBool::new(false),
            news,
            untold: Mutex::new(untold),
            has_missed: AtomicBool::new(false),
        })
    }

    /// As it introduces itself.
    pub(crate) const fn card(&self) -> &ServerCard {
        &self.card
    }

    /// This start of this server.
    pub(crate) const fn id(&self) -> ServerId {
        self.card.id
    }

    /// Whether there may be other servers.
    pub(crate) const fn is_shared(&self) -> bool {
        self.is_shared
    }

    /// Whether this server does what one at a time does.
    pub(crate) fn leads(&self) -> bool {
        *self.leads.borrow()
    }

    /// Tells of changes of [`Servers::leads`].
    pub(crate) fn watch_lead(&self) -> watch::Receiver<bool> {
        self.leads.subscribe()
    }

    /// Whether anybody would hear news.
    pub(crate) fn has_others(&self) -> bool {
        self.has_others.load(Ordering::Relaxed)
    }

    /// Tells the other servers, soon. Alone, this costs a look at a flag.
    pub(crate) fn tell(&self, news: News) {
        if self.has_others() && self.news.try_send(news).is_err() {
            self.has_missed.store(true, Ordering::Relaxed);
        }
    }

    /// Tells the subscribers of other servers.
    pub(crate) fn tell_live(&self, event: &LiveEvent) {
        if self.has_others() {
            self.tell(News::Live(event.clone()));
        }
    }

    /// The news that are to be told, for one worker at a time.
    pub(crate) async fn untold(&self) -> MutexGuard<'_, mpsc::Receiver<News>> {
        self.untold.lock().await
    }

    /// Whether some news were not told since the last call.
    pub(crate) fn take_missed(&self) -> bool {
        self.has_missed.swap(false, Ordering::Relaxed)
    }

    /// There is another server.
    pub(crate) fn meet(&self) {
        self.has_others.store(true, Ordering::Relaxed);
    }

    /// Takes how it stands.
    pub(crate) fn take(&self, standing: &Standing) {
        self.has_others.store(standing.others > 0, Ordering::Relaxed);
        self.lead(standing.leads);
    }

    /// Begins or ends to lead.
    pub(crate) fn lead(&self, leads: bool) {
        let is_news = self.leads.send_if_modified(|led| std::mem::replace(led, leads) != leads);
        if is_news && leads {
            tracing::info!("This server leads: it looks for silent devices, reminds people and pushes phones");
        } else if is_news {
            tracing::info!("This server does not lead any more");
        }
    }
}
