//! Moments. The server writes them as absolute times in UTC. After hydration the browser writes them relative to now,
//! or in the reader's time zone.

use crate::{
    browser,
    drawing::erasure::{IntoErased as _, reactive},
    text::relative_time,
    wire::Moment,
};
use leptos::prelude::*;
use std::time::Duration;

/// How often relative times are updated, in seconds.
const TICK_S: u64 = 20;

/// The time that relative times refer to, in milliseconds since the Unix epoch; `None` until hydration.
#[derive(Clone, Copy)]
struct Now(RwSignal<Option<i64>>);

/// Provides the time to everything below.
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

/// How long ago something was. The exact time is in the tooltip.
pub fn ago(at: Moment) -> AnyView {
    let signal = expect_context::<Now>().0;
    let ms = at.0;
    let exact = move || match signal.get() {
        None => utc(at),
        Some(_) => browser::local_time(ms, true),
    };
    let text = move || match signal.get() {
        None => utc(at),
        Some(now) => relative_time(ms, now).unwrap_or_else(|| browser::local_time(ms, false)),
    };
    view! { <time datetime=iso(at) title=exact>{reactive(text)}</time> }.into_erased()
}

/// A moment with its time zone: for ends, which must not be misread.
pub fn exact(at: Moment) -> AnyView {
    let signal = expect_context::<Now>().0;
    let text = move || match signal.get() {
        None => utc(at),
        Some(_) => browser::local_time(at.0, true),
    };
    view! { <time datetime=iso(at)>{reactive(text)}</time> }.into_erased()
}

/// `2026-01-31 09:30 UTC`: a moment for readers whose time zone is not known.
fn utc(at: Moment) -> String {
    let iso = iso(at);
    let (day, minute) = (iso.get(..10).unwrap_or_default(), iso.get(11..16).unwrap_or_default());
    format!("{day} {minute} UTC")
}

/// RFC 3339, in UTC.
#[cfg(feature = "ssr")]
fn iso(at: Moment) -> String {
    domain::Timestamp::from(at).to_rfc3339()
}

/// The same, computed by the browser's own `Date`.
#[cfg(not(feature = "ssr"))]
fn iso(at: Moment) -> String {
    browser::iso(at.0)
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_to_the_minute_and_in_utc() {
        assert_eq!(utc(Moment(1_769_852_000_250)), "2026-01-31 09:33 UTC");
    }
}
