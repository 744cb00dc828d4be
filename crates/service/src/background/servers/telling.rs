//! Tells other servers what happened here.

use crate::{
    Rollcall, ServiceResult,
    servers::{News, Told},
    supervision::stopped,
};
use domain::types::ids::ServerId;
use std::{sync::Arc, time::Duration};
use store::NEWS_MAX;
use tokio::sync::watch;

/// News that are taken at once.
const PIECE: usize = 1000;
/// Pause between two times at which news are told: what comes meanwhile is told together.
const PAUSE: Duration = Duration::from_millis(20);
/// Pause after a failure. What was to be told then is old: the others are told that they missed some.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Tells until `stop` is set.
pub(crate) async fn tell_servers(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
    let mut untold = rollcall.servers.untold().await;
    let mut has_failed = false;
    let mut news = Vec::new();
    loop {
        tokio::select! {
            count = untold.recv_many(&mut news, PIECE) => if count == 0 { return Ok(()) },
            () = stopped(&mut stop) => return Ok(()),
        }
        if rollcall.servers.take_missed() || has_failed {
            news.push(News::Missed);
        }
        let texts = texts(rollcall.servers.id(), news.drain(..));
        let pause = match rollcall.store.tell_servers(&texts).await {
            Ok(()) => {
                rollcall.worker_states.works("telling");
                has_failed = false;
                PAUSE
            }
            Err(error) => {
                tracing::debug!(%error, "The other servers could not be told what happened");
                has_failed = true;
                // Told again even if nothing else happens.
                rollcall.servers.tell(News::Missed);
                PAUSE_AFTER_FAILURE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stopped(&mut stop) => return Ok(()),
        }
    }
}

/// Texts that have these news in their order; none is too long.
fn texts(from: ServerId, news: impl Iterator<Item = News>) -> Vec<String> {
    let (mut texts, mut told) = (Vec::new(), Told { from, news: Vec::new() });
    // Room for what is around them.
    let (mut size, room) = (0, NEWS_MAX - 100);
    for piece in news {
        let Ok(value) = serde_json::to_value(&piece) else { continue };
        if told.news.last() == Some(&value) {
            continue;
        }
        let length = value.to_string().len() + 1;
        if size + length > room {
            texts.extend(text(&mut told));
            size = 0;
        }
        size += length;
        told.news.push(value);
    }
    texts.extend(text(&mut told));
    texts
}

fn text(told: &mut Told) -> Option<String> {
    let text = (!told.news.is_empty()).then(|| serde_json::to_string(told).ok());
    told.news.clear();
    text.flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::types::ids::DeviceId;
    use uuid::Uuid;

    #[test]
    fn no_text_is_too_long_and_nothing_is_left_out() {
        let devices = |count: u128| (0..count).map(|n| News::Device(DeviceId(Uuid::from_u128(n))));
        let from = ServerId(Uuid::from_u128(7));
        for count in [0, 1, 2, 160, 1000] {
            let texts = texts(from, devices(count));
            assert!(texts.iter().all(|text| text.len() <= NEWS_MAX));
            let told: Vec<Told> = texts.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
            assert!(told.iter().all(|told| told.from == from && !told.news.is_empty()));
            let told = told.into_iter().flat_map(|told| told.news).map(|news| serde_json::from_value(news).unwrap());
            let told: Vec<News> = told.collect();
            assert_eq!(told, devices(count).collect::<Vec<_>>());
        }
    }
}
