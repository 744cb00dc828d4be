//! Moments in time. The server writes them absolute and in UTC; the browser, once the page lives, in words or in the
//! reader's own time zone.

use crate::{browser, words::relative};
use domain::Timestamp;
use leptos::prelude::*;
use std::time::Duration;

/// How often ages are told anew, in seconds.
const TICK_S: u64 = 20;

/// The time that ages are counted from, in milliseconds since the Unix epoch; `None` until the page lives.
#[derive(Clone, Copy)]
struct Now(RwSignal<Option<i64>>);

/// Makes the time known to everything below.
pub fn provide_now() {
    let now = Now(RwSignal::new(None));
    provide_context(now);
    Effect::new(move || {
        tick(now);
        if let Ok(handle) = set_interval_with_handle(move || tick(now), Duration::from_secs(TICK_S)) {
            on_cleanup(move || handle.clear());
        }
    });
}

fn tick(now: Now) {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds are meant")]
    now.0.set(Some(browser::now_ms() as i64));
}

/// How long ago something was; the exact time when pointed at.
pub fn ago(at: Timestamp) -> AnyView {
    let signal = expect_context::<Now>().0;
    let ms = at.as_millis();
    let exact = move || match signal.get() {
        None => at.to_display(),
        Some(_) => browser::local_time(ms, true),
    };
    let text = move || match signal.get() {
        None => at.to_display(),
        Some(now) => relative(ms, now).unwrap_or_else(|| browser::local_time(ms, false)),
    };
    view! { <time datetime=at.to_rfc3339() title=exact>{text}</time> }.into_any()
}

/// A moment with its time zone: for ends that must not be misread.
pub fn exact(at: Timestamp) -> AnyView {
    let signal = expect_context::<Now>().0;
    let text = move || match signal.get() {
        None => at.to_display(),
        Some(_) => browser::local_time(at.as_millis(), true),
    };
    view! { <time datetime=at.to_rfc3339()>{text}</time> }.into_any()
}
