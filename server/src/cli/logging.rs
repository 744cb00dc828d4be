//! Logs, on standard error: as text for people, or as one JSON object a line for a collector.
//!
//! Secrets never get into them, whatever is asked for: parts that are not our own log addresses and headers at their finest
//! levels, and are capped. Text that came from outside is escaped here, in one place: it can neither command a terminal nor
//! forge a line.

use clap::ValueEnum;
use std::{
    fmt::{self, Write as _},
    io,
};
use tracing::{Level, Metadata, field::Field};
use tracing_subscriber::{
    EnvFilter, Layer,
    field::MakeExt as _,
    filter::filter_fn,
    fmt::{
        MakeWriter,
        format::{Writer, debug_fn},
    },
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

/// Our own parts: they log no secret at any level. Of all others only `info` and above is logged.
const OWN: [&str; 9] =
    ["app", "domain", "i18n", "rollcall", "server", "service", "store", "store_postgres", "store_sqlite"];

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Starts logging with `filter` (`info`, or `service=debug,info`); an invalid filter means `info`. A second call changes
/// nothing.
pub fn init(format: LogFormat, filter: &str) {
    // An error means that logging was started before.
    drop(subscriber(format, filter, io::stderr, io::IsTerminal::is_terminal(&io::stderr())).try_init());
}

/// Writes the log to `writer`; `is_terminal` says whether it shows colours.
fn subscriber<W>(
    format: LogFormat,
    filter: &str,
    writer: W,
    is_terminal: bool,
) -> impl tracing::Subscriber + Send + Sync + 'static
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    // If the reader of stderr goes away, the server must go on: errors of logging are dropped.
    let logs = tracing_subscriber::fmt::layer().log_internal_errors(false);
    let logs = match format {
        LogFormat::Text => {
            logs.with_ansi(is_terminal).fmt_fields(debug_fn(write_field).delimited(" ")).with_writer(writer).boxed()
        }
        LogFormat::Json => logs.json().with_writer(EscapingJson(writer)).boxed(),
    };
    tracing_subscriber::registry().with(logs.with_filter(filter_fn(is_allowed))).with(filter)
}

/// Whether a part may log at this level.
fn is_allowed(metadata: &Metadata<'_>) -> bool {
    let part = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() <= Level::INFO || OWN.contains(&part)
}

fn write_field(writer: &mut Writer<'_>, field: &Field, value: &dyn fmt::Debug) -> fmt::Result {
    match field.name() {
        "message" => write!(Escaped(writer), "{value:?}"),
        name => write!(Escaped(writer), "{name}={value:?}"),
    }
}

/// Whether a character does more than stand there: control characters, ends of lines, and what turns the direction of text.
fn is_active(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes active characters as `\u{1b}`.
struct Escaped<'a, W>(&'a mut W);

impl<W: fmt::Write> fmt::Write for Escaped<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| {
            if is_active(c) { write!(self.0, "{}", c.escape_unicode()) } else { self.0.write_char(c) }
        })
    }
}

/// Makes writers that write active characters as JSON escapes. JSON itself escapes those below U+0020 only.
struct EscapingJson<M>(M);

impl<'a, M: MakeWriter<'a>> MakeWriter<'a> for EscapingJson<M> {
    type Writer = EscapingJson<M::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        EscapingJson(self.0.make_writer())
    }
}

impl<W: io::Write> io::Write for EscapingJson<W> {
    /// An event comes as a whole: a line.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        let mut escaped = String::with_capacity(text.len());
        for c in text.chars() {
            if c != '\n' && is_active(c) {
                // Writing to a string does not fail.
                let _ = write!(escaped, "\\u{:04x}", u32::from(c));
            } else {
                escaped.push(c);
            }
        }
        self.0.write_all(escaped.as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    const FOREIGN: &str = "550 no\u{1b}]0;owned\u{7}\u{8}\0\r\tforged\n2026 INFO all is well \u{9b}31m\u{202e}";

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(format: LogFormat, filter: &str, log: impl FnOnce()) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = subscriber(format, filter, move || writer.clone(), false);
        tracing::subscriber::with_default(subscriber, log);
        String::from_utf8(lines.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn text_from_outside_neither_commands_a_terminal_nor_forges_a_line() {
        for format in [LogFormat::Text, LogFormat::Json] {
            let text = logged(format, "info", || {
                let _span = tracing::info_span!("request", reply = %FOREIGN).entered();
                tracing::warn!(error = %FOREIGN, "It said: {FOREIGN}");
            });
            assert_eq!(text.matches('\n').count(), 1, "{text}");
            assert!(text.ends_with('\n') && !text.trim_end().contains(is_active), "{text:?}");
            assert!(text.contains("all is well"), "{text}");
            if format == LogFormat::Json {
                let line: serde_json::Value = serde_json::from_str(&text).unwrap();
                assert_eq!(line["fields"]["error"], FOREIGN);
            }
        }
    }

    #[test]
    fn fields_stand_apart_in_a_line() {
        let text = logged(LogFormat::Text, "info", || tracing::info!(one = 1, two = "b", "Said"));
        assert!(text.trim_end().ends_with("Said one=1 two=\"b\""), "{text}");
    }

    #[test]
    fn parts_that_are_not_our_own_are_capped_whatever_is_asked_for() {
        for filter in ["trace", "hyper=trace", "hyper::proto=trace,h2=debug,info"] {
            let text = logged(LogFormat::Text, filter, || {
                tracing::trace!(target: "hyper::proto", "GET /e/secret");
                tracing::debug!(target: "h2", "authorization: secret");
                drop(tracing::trace_span!(target: "tower_http::trace", "request", uri = "/e/secret").entered());
                tracing::warn!(target: "hyper::proto", "A connection was closed");
            });
            assert!(!text.contains("secret"), "{text}");
        }
        let own = logged(LogFormat::Text, "service=debug,info", || tracing::debug!(target: "service::mail", "Own"));
        assert!(own.contains("Own"), "{own}");
    }
}
