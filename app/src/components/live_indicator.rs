//! Shows whether the live connection is open.

use crate::{
    data::live_connection::{ConnectionState, LiveConnection},
    drawing::erasure::reactive,
    text,
};
use leptos::prelude::*;

/// Says whether changes arrive.
#[component]
pub fn LiveIndicator() -> impl IntoView {
    let live = expect_context::<LiveConnection>();
    let word = move || match live.state() {
        ConnectionState::Connecting => ("connecting", text::live_connecting()),
        ConnectionState::Open => ("open", text::live_open()),
        ConnectionState::Reconnecting => ("reconnecting", text::live_reconnecting()),
        ConnectionState::Off => ("off", text::live_off()),
    };
    view! {
        <span class="live" data-live=move || word().0 title=text::live_hint()>
            <span class="live-dot" aria-hidden="true"></span>
            {reactive(move || word().1)}
        </span>
    }
}
