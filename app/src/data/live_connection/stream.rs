//! The tab's event stream, and the closures that it calls.

use std::cell::RefCell;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Event, EventSource, MessageEvent};

/// Where the server sends its events.
const PATH: &str = "/live";

/// An open stream with the closures that it calls.
struct Stream {
    source: EventSource,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_event: Closure<dyn FnMut(Event)>,
}

thread_local! {
    /// The stream of this tab. Not in a signal: the server would have to drop it on the thread that made it.
    static STREAM: RefCell<Option<Stream>> = const { RefCell::new(None) };
}

pub(super) fn is_open() -> bool {
    STREAM.with_borrow(Option::is_some)
}

/// Opens the stream. `on_message` gets the events `change` and `front-end`, which carry data; `on_event` gets `open`,
/// `reset` and `error`.
pub(super) fn open(on_message: impl FnMut(MessageEvent) + 'static, on_event: impl FnMut(Event) + 'static) {
    let Ok(source) = EventSource::new(PATH) else {
        return;
    };
    let (on_message, on_event) = (Closure::new(on_message), Closure::new(on_event));
    let message = on_message.as_ref().unchecked_ref();
    let event = on_event.as_ref().unchecked_ref();
    let added = source
        .add_event_listener_with_callback("change", message)
        .and_then(|()| source.add_event_listener_with_callback("front-end", message))
        .and_then(|()| source.add_event_listener_with_callback("reset", event));
    if added.is_ok() {
        source.set_onopen(Some(event));
        source.set_onerror(Some(event));
        STREAM.set(Some(Stream { source, _on_message: on_message, _on_event: on_event }));
    }
}

/// Closes the stream. Its closures are dropped, so nothing may call them any more.
pub(super) fn close() {
    if let Some(stream) = STREAM.take() {
        stream.source.set_onopen(None);
        stream.source.set_onerror(None);
        stream.source.close();
    }
}

/// Whether the browser has given the stream up. It reconnects by itself after a lost connection, but not after an
/// answer that is no event stream.
pub(super) fn is_given_up() -> bool {
    STREAM
        .with_borrow(|stream| stream.as_ref().is_some_and(|stream| stream.source.ready_state() == EventSource::CLOSED))
}
